"""The coverage of a run, out of a contract, a record and what the rules said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.branch_coverage import branch_coverage
from seamwright.judge.code_coverage import code_coverage
from seamwright.judge.verdict import Outcome, merge
from seamwright.report.coverage import (
    Coverage,
    EndpointCoverage,
    MissingCode,
    RuleSaid,
    SeenCode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.system import System
    from seamwright.judge.branch_coverage import EndpointBranches
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_MOST = 40
"""Branches of an endpoint that are named where they were not reached."""

_Said = dict[str, list[Outcome]]


def covered(system: System, record: Record, verdicts: Iterable[Verdict]) -> tuple[Coverage, ...]:
    """What was reached of each service, in the order of the contract."""
    said: dict[tuple[str, str], _Said] = {}
    for one in verdicts:
        place = one.place.service, one.place.endpoint
        said.setdefault(place, {}).setdefault(one.code, []).append(one.outcome)
    codes = code_coverage(system, record)
    branches = branch_coverage(system, record)
    made: list[Coverage] = []
    for service in system.services:
        declared = [one for one in codes.declared if one.service == service.name]
        whole = _endpoint(None, said.get((service.name, ""), {}))
        endpoints = [
            _endpoint(one, said.get((service.name, one.endpoint), {}))
            for one in branches
            if one.service == service.name
        ]
        made.append(
            Coverage(
                service=service.name,
                codes=len(declared),
                codesProvoked=sum(1 for one in declared if one.provoked_by),
                codesMissing=tuple(
                    MissingCode(endpoint=one.endpoint, code=one.code, why=one.why)
                    for one in declared
                    if not one.provoked_by
                ),
                codesUndeclared=tuple(
                    SeenCode(endpoint=one.endpoint, code=one.code, count=len(one.seen_in))
                    for one in codes.undeclared
                    # Where no code is declared, none is declared or not.
                    if one.service == service.name and system.errors
                ),
                endpoints=(*endpoints, *([whole] if whole.rules else [])),
            )
        )
    return tuple(made)


def _endpoint(one: EndpointBranches | None, said: _Said) -> EndpointCoverage:
    return EndpointCoverage(
        endpoint=one.endpoint if one else "",
        rules=tuple(
            RuleSaid(code=code, status=merge(outcomes).value) for code, outcomes in said.items()
        ),
        branches=len(one.declared) if one else 0,
        branchesReached=len(one.declared) - len(one.missing) if one else 0,
        missing=one.missing[:_MOST] if one else (),
    )
