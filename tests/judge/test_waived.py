"""Waivers over a judgement: what becomes waived, and what each waiver is worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from seamwright.contract import Requirement
from seamwright.judge.finding import findings
from seamwright.judge.judgement import Judgement
from seamwright.judge.requirements import row_of
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Outcome, Place, Verdict
from seamwright.judge.waived import Standing, lay
from seamwright.judge.waiver import Waiver
from tests.judge.records import PLACE, READ, SYSTEM

TODAY = date(2026, 11, 25)
BENCH = Bench("ENV001", spans=True)
RULE = Rule("ENV001", "one", "why", "source", lambda _, __: ())
AT_READ, AT_PLACE = Place("shop", READ), Place("shop", PLACE)
ROW = Requirement("a.b", "A", rules=("ENV001",))


def _waiver(endpoint: str, rule: str = "ENV001", days: int = 0) -> Waiver:
    return Waiver(rule, endpoint, "Ann", "it goes", TODAY + timedelta(days=days))


def _judged(*verdicts: Verdict) -> Judgement:
    return Judgement((RULE,), verdicts)


FAILING = _judged(
    BENCH.failed(AT_READ, "a page", ["a"]),
    BENCH.failed(AT_PLACE, "a page", ["b"]),
    BENCH.passed(Place("bank"), ["c"]),
)


def test_a_fail_that_is_waived_is_no_fail_and_no_pass() -> None:
    """The other endpoint's still counts, in a finding of its own."""
    waiver = _waiver(f"shop {READ}")
    waived = lay(SYSTEM, FAILING, [waiver], TODAY)
    outcomes = [one.outcome for one in waived.judgement.verdicts]
    assert [Outcome.WAIVED, Outcome.FAIL, Outcome.PASS] == outcomes
    folded = [(one.waiver, one.endpoints) for one in findings(waived.judgement.verdicts)]
    assert [(waiver, (READ,)), (None, (PLACE,))] == folded
    assert Outcome.FAIL is row_of(ROW, waived.judgement).outcome
    assert [(Standing.IN_FORCE, 1, "")] == [
        (one.standing, one.findings, one.note) for one in waived.waivers
    ]


def test_a_row_whose_fails_are_waived_is_waived() -> None:
    """Its reasons tell by whom, until when and why; what is unproven of it is still open."""
    judged = _judged(*FAILING.verdicts, BENCH.unproven(Place("bank", "POST /pay"), "unseen"))
    row = row_of(ROW, lay(SYSTEM, judged, [_waiver("shop *")], TODAY).judgement)
    assert (Outcome.WAIVED, True) == (row.outcome, row.is_open)
    told = "(waived by Ann until 2026-11-25: it goes)"
    assert f"ENV001 shop {READ}: a page {told}" == row.reasons[0]
    closed = row_of(ROW, lay(SYSTEM, FAILING, [_waiver("shop *")], TODAY).judgement)
    assert (Outcome.WAIVED, False) == (closed.outcome, closed.is_open)


def test_the_first_that_covers_a_fail_counts() -> None:
    """Both are in force: each has something to waive."""
    first, second = _waiver(f"shop {READ}"), _waiver("shop *")
    waived = lay(SYSTEM, FAILING, [first, second], TODAY)
    assert [first, second, None] == [one.waiver for one in waived.judgement.verdicts]
    assert {Standing.IN_FORCE} == {one.standing for one in waived.waivers}


def test_one_that_has_expired_waives_nothing() -> None:
    """The findings count again, and it says so, also where there are none any more."""
    waived = lay(SYSTEM, FAILING, [_waiver("shop *", days=-1), _waiver("bank *", days=-9)], TODAY)
    assert FAILING == waived.judgement
    assert [
        (Standing.EXPIRED, 1, "its last day was 2026-11-24; what it waived is still found"),
        (
            Standing.EXPIRED,
            0,
            "its last day was 2026-11-16; nothing is found there any more",
        ),
    ] == [(one.standing, one.findings, one.note) for one in waived.waivers]


@pytest.mark.parametrize(
    ("waiver", "note"),
    [
        (_waiver("bank *"), "it waives nothing: there is no such finding, and it may be taken out"),
        (_waiver("*"), "it waives nothing: there is no such finding, and it may be taken out"),
        (_waiver("bunk *"), "the contract has no service 'bunk'"),
        (_waiver("shop GET /nowhere"), "shop has no endpoint 'GET /nowhere'"),
        (_waiver("shop GET /health"), "it waives nothing: what it is for is unproven this time"),
        (_waiver("shop *", "SCH001"), "SCH001 did not judge this time"),
    ],
)
def test_one_that_matches_nothing_is_stale(waiver: Waiver, note: str) -> None:
    """It says why, so far as that can be told."""
    judged = _judged(
        BENCH.passed(Place("bank"), ["c"]),
        BENCH.unproven(Place("shop", "GET /health"), "unseen"),
    )
    (laid,) = lay(SYSTEM, judged, [waiver], TODAY).waivers
    assert (Standing.STALE, 0, note) == (laid.standing, laid.findings, laid.note)
