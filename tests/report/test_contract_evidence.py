"""What a rule finds in the contract set itself, from the verdict to the page and the terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from seamwright.contract import Requirement
from seamwright.judge.judgement import judge
from seamwright.judge.rules import declared_version, mode_reason
from seamwright.record.encoding import Head
from seamwright.report.assemble import assemble
from seamwright.report.html import page
from seamwright.report.terminal import summary
from tests.judge.records import SYSTEM, make_record

if TYPE_CHECKING:
    from seamwright.report.audit import Audit

_ROWS = (
    Requirement("contracts.versioning", "Versioned", rules=("VER002",)),
    Requirement("data.sync-async", "Intentional", rules=("MOD001",)),
)
_SHOWN = "the contract set of trade"


@pytest.fixture
def audit() -> Audit:
    """An audit of a system without a version: one row fails, the other passes."""
    system = replace(SYSTEM, version=None, checklist=_ROWS)
    record = replace(
        make_record(),
        head=Head(
            format=1,
            subject="trade",
            contract_digest="sha256:" + "0" * 64,
            started="2026-01-02T03:04:05Z",
            zero_s=0,
        ),
    )
    return assemble(
        system, record, judge((declared_version.RULE, mode_reason.RULE), system, record)
    )


def test_rows_point_to_the_contract_set(audit: Audit) -> None:
    """Many verdicts on one contract set are one piece of evidence, on a pass and on a fail."""
    pointed = [(one.id, one.status, [(e.id, e.what) for e in one.evidence]) for one in audit.rows]
    assert [
        ("contracts.versioning", "fail", [("contract", _SHOWN)]),
        ("data.sync-async", "pass", [("contract", _SHOWN)]),
    ] == pointed


def test_a_finding_names_no_command(audit: Audit) -> None:
    """Nothing is sent to see it: there is no curl line and no request ID, but its evidence."""
    (finding,) = audit.findings
    assert ("", "", 1) == (finding.curl, finding.requestId, finding.count)
    assert [_SHOWN] == [one.what for one in finding.evidence]


def test_the_page_says_where_it_stands(audit: Audit) -> None:
    """A reader is told of the contract set, not of an empty command or an empty place."""
    text = page(audit)
    (_, _, article) = text.partition('<article class="card finding">')
    article = article.partition("</article>")[0]
    assert f"Shown by <bdi>{_SHOWN}</bdi>" in article
    assert "<bdi>the whole system</bdi>" in article
    assert "<pre" not in article
    assert "<details>" not in article


def test_the_terminal_says_where_it_stands(audit: Audit) -> None:
    """The place of a command is taken by the contract set, and no place is left blank."""
    lines = summary(audit, Path("out")).splitlines()
    assert [
        "VER002: the contract set declares no version",
        f"       The contract set declares a version [{audit.findings[0].id}]",
        f"       shown by {_SHOWN}",
    ] == lines[:3]
