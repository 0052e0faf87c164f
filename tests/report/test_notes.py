"""What was seen and nobody can judge from outside is told, and does not count."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.judge.judgement import judge
from seamwright.judge.rules import accepted_request, declared_status
from seamwright.record.observation import Purpose
from seamwright.report.assemble import assemble
from seamwright.report.html import page
from seamwright.report.terminal import summary
from tests.judge.records import JSON, PLACE, SYSTEM, answered, failure, make_record

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.report.audit import Audit

BARE = replace(SYSTEM, envelope=None)


def _audit() -> Audit:
    """One request that fits and is refused with a status that is not declared."""
    one = answered(
        "x1",
        failure("ANY"),
        status=422,
        endpoint=PLACE,
        payload=b'{"id": "<i>", "total": 3}',
        asked=JSON,
    )
    assert one.case is not None
    one = replace(one, case=replace(one.case, valid=True, purpose=Purpose.GENERATED))
    record = make_record(one)
    told = {"contract_digest": f"sha256:{'0' * 64}", "started": "2026-01-02T00:00:00Z"}
    record = replace(record, head=record.head.model_copy(update=told))
    rules = (accepted_request.OF_DOCUMENT, declared_status.RULE)
    return assemble(BARE, record, judge(rules, BARE, record))


def test_a_note_is_told_with_a_command(tmp_path: Path) -> None:
    """In the report, on the page and on the terminal; it is no finding and no pass."""
    audit = _audit()
    assert ["POS001", "STS001"] == [one.code for one in audit.notes]
    assert () == audit.findings
    assert audit.holds
    assert all(one.curl.startswith("curl ") and "POST" in one.curl for one in audit.notes)
    assert ["x1", "x1"] == [seen.id for one in audit.notes for seen in one.evidence]
    told = page(audit)
    assert "Notes (2)" in told
    assert f"1 request that fits its schemas was refused, at {PLACE}" in told
    assert "<i>" not in told
    said = summary(audit, tmp_path)
    assert f"note: STS001 shop: answered, and not declared there: 422 at {PLACE}" in said


def test_a_page_without_notes_does_not_speak_of_them(audit: Audit) -> None:
    """Nothing to read, nothing to skip."""
    assert re.search(r"\bNotes\b", page(audit)) is None
