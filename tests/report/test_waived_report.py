"""What is waived stays in every report, and is never shown as a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from seamwright.report.audit import Audit, Summary, WaivedFinding, Waiver
from seamwright.report.github import annotated, step_summary
from seamwright.report.html import answer, page
from seamwright.report.junit import junit
from seamwright.report.terminal import summary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from seamwright.report.audit import Row, Standing

HOSTILE = '<i>&"\x00\x1b[31m\ud800\u202e]]>\n::error::|'
WORDS = "waived by Ann until 2027-01-31: it goes"


def _waiver(standing: Standing, said: Callable[[str], str], note: str = "") -> Waiver:
    return Waiver(
        rule=said("ENV001"),
        endpoint=said("shop GET /orders"),
        owner=said("Ann"),
        reason=said("it goes"),
        expires="2027-01-31",
        standing=standing,
        findings=1 if standing == "in force" else 0,
        note=said(note) if note else "",
    )


def _laid(audit: Audit, *others: Waiver, said: Callable[[str], str] = str) -> Audit:
    """The audit with its finding and the row that failed waived; and other waivers."""
    (finding,) = audit.findings
    (mode,) = audit.failureModes
    laid = _waiver("in force", said)
    waived = (WaivedFinding(**finding.model_dump(), waiver=laid),)
    verdicts = mode.verdicts.model_copy(update={"fail": 0, "waived": 1})
    row = mode.model_copy(update={"status": "waived", "verdicts": verdicts})
    rows: tuple[Row, ...] = (*audit.requirements, *audit.recovery, row)
    return audit.model_copy(
        update={
            "findings": (),
            "failureModes": (row,),
            "waived": waived,
            "waivers": (laid, *others),
            "summary": Summary.of(rows, (), waived, (laid, *others)),
        }
    )


@pytest.fixture
def stale(audit: Audit) -> Audit:
    """An audit with one waiver in force and one that is stale."""
    return _laid(audit, _waiver("stale", str, "it waives nothing"))


@pytest.fixture
def expired(audit: Audit) -> Audit:
    """An audit with one waiver in force and one that has expired."""
    return _laid(audit, _waiver("expired", str, "its last day was 2026-11-24"))


def test_it_holds_until_a_waiver_has_expired(stale: Audit, expired: Audit) -> None:
    """A waived finding does not count, nor does a waiver that matches nothing."""
    assert (True, False) == (stale.holds, expired.holds)
    assert (0, 1, 0, 1) == (
        stale.summary.findings,
        stale.summary.waivedFindings,
        stale.summary.fail,
        stale.summary.waived,
    )
    assert stale == Audit.model_validate_json(stale.model_dump_json())


def test_the_page_shows_what_is_waived(stale: Audit) -> None:
    """With its own word and shape, by whom, why and until when; the stale one is told."""
    text = page(stale)
    assert '<li class="r-waived"' in text
    assert '<article class="card finding f-waived">' in text
    for said in ("Waived by <bdi>Ann</bdi> until 2027-01-31", "<bdi>it goes</bdi>", "1 waived, "):
        assert said in text
    assert "stale: <bdi>it waives nothing</bdi>" in text
    assert "None that counts." in text


def test_a_page_without_waivers_does_not_speak_of_them(audit: Audit) -> None:
    """There is no empty section."""
    assert 'id="waivers"' not in page(audit)
    assert "s-waived" not in page(audit).partition("</style>")[2]


def test_the_first_sentence_never_says_that_it_holds(audit: Audit, expired: Audit) -> None:
    """Whatever is waived, a row or a finding that no row names."""
    assert "It does not hold: a waiver has expired." == answer(expired)
    assert "Nothing fails, but 1 of 19 rows is waived and 16 of 19 rows are not proven." == answer(
        _laid(audit)
    )
    counts = Summary(rows=2, pass_=2, fail=0, unproven=0, findings=0, waivedFindings=1)
    one = audit.model_copy(update={"summary": counts})
    assert "Nothing fails, but there is a waived finding." == answer(one)
    two = counts.model_copy(update={"waivedFindings": 0, "expiredWaivers": 2})
    assert "It does not hold: 2 waivers have expired." == answer(
        audit.model_copy(update={"summary": two})
    )


def test_junit_skips_what_is_waived(stale: Audit, expired: Audit) -> None:
    """With the words of the waiver; one that has expired is a failure."""
    suites = {one.get("name"): one for one in ET.fromstring(junit(stale).encode())}
    skipped = suites["findings"].find("testcase/skipped")
    assert skipped is not None
    assert WORDS == skipped.get("message")
    assert ("0", "1") == (
        suites["failure modes"].get("failures"),
        suites["failure modes"].get("skipped"),
    )
    assert ("2", "0", "1") == tuple(
        suites["waivers"].get(one) for one in ("tests", "failures", "skipped")
    )
    suites = {one.get("name"): one for one in ET.fromstring(junit(expired).encode())}
    failure = suites["waivers"].find("testcase/failure")
    assert failure is not None
    assert "expired: its last day was 2026-11-24" == failure.get("message")


def test_github_is_told(stale: Audit, expired: Audit) -> None:
    """A notice of what is waived and of what is stale, an error of what has expired."""
    first, second = annotated(stale).splitlines()
    assert first.startswith("::notice title=ENV001 waived::shop GET /orders: ")
    assert first.endswith(f"%0A{WORDS}")
    assert "::notice title=ENV001 waiver is stale::shop GET /orders, of Ann: it waives nothing" == (
        second
    )
    assert annotated(expired).startswith("::error title=ENV001 waiver has expired::")
    text = step_summary(stale)
    assert "0 findings, 1 waived." in text
    assert "| ENV001 | shop GET /orders | Ann | it goes | 2027-01-31 | waives 1 |" in text
    assert "| stale: it waives nothing |" in text


def test_the_terminal_is_told(stale: Audit, expired: Audit, tmp_path: Path) -> None:
    """What is waived has its owner, its reason and its last day."""
    text = summary(stale, tmp_path)
    assert f"waived: ENV001 shop GET /orders: the answer has no meta\n       {WORDS}" in text
    assert "note: stale waiver: ENV001 shop GET /orders of Ann: it waives nothing" in text
    assert "1 waived, 16 unproven; 0 findings, 1 waived in 12.5 s" in text
    assert "expired waiver: ENV001 shop GET /orders of Ann: its last day" in summary(
        expired, tmp_path
    )


def test_many_waived_findings_are_cut(stale: Audit, tmp_path: Path) -> None:
    """The report has them all."""
    many = stale.model_copy(update={"waived": stale.waived * 250})
    assert "and 230 more waived findings in the report" in summary(many, tmp_path)
    assert "and 50 more, in audit.json" in page(many)


def test_hostile_words_of_a_waiver_stay_text(
    audit_saying: Callable[[Callable[[str], str]], Audit], tmp_path: Path
) -> None:
    """No markup, no escapes, no second command, whatever a file of waivers says."""

    def said(text: str) -> str:
        return text + HOSTILE

    made = _laid(audit_saying(said), _waiver("stale", said, "note"), said=said)
    ET.fromstring(junit(made).encode())
    for text in (page(made), junit(made), summary(made, tmp_path), step_summary(made)):
        assert not set(text) & {"\x00", "\x1b", "\u202e", "\ud800"}
    assert "<i>" not in page(made)
    assert 2 == len(annotated(made).splitlines())
