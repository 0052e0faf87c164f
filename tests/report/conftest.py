"""A small audit of which every kind of part is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seamwright.contract.checklist import CHECKLIST
from seamwright.report.audit import (
    Audit,
    Census,
    Evidence,
    Finding,
    Format,
    JudgedBy,
    MadeBy,
    NotSeen,
    Row,
    Summary,
    Verdicts,
)
from seamwright.report.coverage import (
    Coverage,
    EndpointCoverage,
    MissingCode,
    RuleSaid,
    SeenCode,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.report.audit import Status


def _row(row_id: str, text: str, status: Status, seen: Evidence) -> Row:
    counts = {"pass": (3, 0, 0), "fail": (2, 1, 0), "unproven": (0, 0, 1)}[status]
    return Row(
        id=row_id,
        text=text,
        status=status,
        verdicts=Verdicts(pass_=counts[0], fail=counts[1], unproven=counts[2]),
        evidence=(seen,),
        reasons=() if status == "pass" else (f"why {row_id} is {status}",),
        rules=("ENV001",),
        detection="",
        recovery="",
        impact="",
    )


def make_coverage(said: Callable[[str], str]) -> Coverage:
    """The coverage of one service with every kind of part."""
    rules = (
        RuleSaid(code=said("ENV001"), status="pass"),
        RuleSaid(code=said("SCH001"), status="fail"),
        RuleSaid(code=said("IDM001"), status="unproven"),
    )
    return Coverage(
        service=said("shop"),
        codes=3,
        codesProvoked=2,
        codesMissing=(
            MissingCode(endpoint=said("GET /orders"), code=said("BANK_DOWN"), why=said("nobody")),
        ),
        codesUndeclared=(SeenCode(endpoint="", code=said("OOPS"), count=2),),
        endpoints=(
            EndpointCoverage(
                endpoint=said("GET /orders"),
                rules=rules,
                branches=4,
                branchesReached=3,
                missing=(said('200 /state: "OPEN"'),),
            ),
            EndpointCoverage(
                endpoint="", rules=rules[:1], branches=0, branchesReached=0, missing=()
            ),
        ),
    )


def make_audit(said: Callable[[str], str]) -> Audit:
    """An audit in which every free text went through `said`."""
    seen = Evidence(
        id=said("c7"), what=said("driver→shop GET /orders → 200"), requestId=said("req_1")
    )
    requirements = tuple(
        _row(one.id, said(one.text), "pass" if number in (0, 1) else "unproven", seen)
        for number, one in enumerate(CHECKLIST)
    )
    drill = _row("recovery.shop-down", said("shop down"), "unproven", seen).model_copy(
        update={"detection": said("health fails"), "recovery": said("alert")}
    )
    mode = _row("failure.shop-slow", said("shop slow"), "fail", seen).model_copy(
        update={"impact": said("orders wait"), "reasons": (said("no answer in time"),)}
    )
    finding = Finding(
        id=said("0badcafe"),
        code=said("ENV001"),
        rule=said("every answer is enveloped"),
        service=said("shop"),
        endpoint=said("GET /orders"),
        endpoints=(said("GET /orders"),),
        message=said("the answer has no meta"),
        requestId=said("req_1"),
        curl=said("curl -sS http://127.0.0.1:8080/orders"),
        evidence=(seen,),
        count=2,
        again="not shown",
    )
    return Audit(
        format=1,
        tool=MadeBy(name=said("seamwright"), version=said("0.1.0")),
        subject=said("shop"),
        system=said("orders"),
        contractDigest="sha256:" + "0" * 64,
        started="2026-01-02T03:04:05Z",
        duration=12.5,
        complete=True,
        summary=Summary.of((*requirements, drill, mode), (finding,)),
        requirements=requirements,
        recovery=(drill,),
        failureModes=(mode,),
        findings=(finding,),
        census=(
            Census(
                service=said("shop"),
                formats=(
                    Format(
                        format=said("application/json {error: text}"),
                        of="failures",
                        declared=True,
                        count=3,
                        endpoints=(said("GET /orders"),),
                        causes=(said("unknown route"),),
                        evidence=(seen,),
                    ),
                ),
            ),
        ),
        coverage=(make_coverage(said),),
        envelope=said("named in envelope.toml"),
        rules=(
            JudgedBy(
                code=said("ENV001"), title=said("enveloped"), why=said("why"), source=said("seed")
            ),
        ),
        unseen=(NotSeen(what=said("shop→bank"), reason=said("it runs already")),),
    )


@pytest.fixture
def audit() -> Audit:
    """The audit with ordinary texts."""
    return make_audit(lambda text: text)


@pytest.fixture
def audit_saying() -> Callable[[Callable[[str], str]], Audit]:
    """An audit whose free texts are made by a function."""
    return make_audit
