"""DUR001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Form, Member, Role
from seamwright.judge.finding import findings
from seamwright.judge.rules.told_duration import RULE
from seamwright.record.observation import Purpose
from tests.judge.records import (
    ENVELOPE,
    HEALTH,
    PLACE,
    READ,
    SYSTEM,
    answered,
    at,
    fails,
    make_record,
    success,
    unanswered,
)

_MEMBER = Member("/took", Role.DURATION, required=False)


def _timed(form: Form) -> Form:
    return replace(form, members=(*form.members, _MEMBER))


TIMED = replace(
    SYSTEM,
    envelope=replace(ENVELOPE, success=_timed(ENVELOPE.success), failure=_timed(ENVELOPE.failure)),
)


def _took(told: object) -> dict[str, object]:
    return {**success(), "took": told}


@pytest.mark.parametrize("told", [0, 0.5, 99, 100, 209])
def test_passes_where_it_can_have_been_so(told: float) -> None:
    """An answer that took 100 ms may tell less, and a little more."""
    record = make_record(answered("a", _took(told)))
    assert [("pass", "", ("a",))] == at(RULE.judge(TIMED, record), READ)


@pytest.mark.parametrize("told", [211, 5_000, 1_789_430_400_000])
def test_fails_where_it_was_shorter(told: int) -> None:
    """Seconds are never that long, but microseconds and moments are."""
    record = make_record(answered("a", _took(told)))
    said = f"the answer took 100 ms, and tells a duration of {told:g} ms"
    assert [(said, ("a",))] == fails(RULE.judge(TIMED, record))


def test_one_clock_is_one_finding() -> None:
    """Of all endpoints that it times, failures too."""
    record = make_record(
        answered("a", _took(9_000)),
        answered("b", {"ok": False, "took": 8_000}, status=409, endpoint=PLACE),
    )
    (one,) = findings(RULE.judge(TIMED, record))
    assert ({READ, PLACE}, 2) == (set(one.endpoints), one.count)


def test_what_tells_none_decides_nothing() -> None:
    """Nor does what is no number, was cut, has no body, or was asked while something was broken."""
    broken = answered("g", _took(9_000))
    assert broken.case is not None
    record = make_record(
        answered("a", success()),
        answered("b", _took("9000")),
        answered("c", _took(True)),
        answered("d", b"oops"),
        answered("e", _took(9_000), truncated=True),
        answered("f", _took(9_000), method="HEAD"),
        replace(broken, case=replace(broken.case, purpose=Purpose.FAULT)),
        answered("h", _took(9_000), endpoint=HEALTH),
        unanswered("i"),
    )
    verdicts = list(RULE.judge(TIMED, record))
    assert [("unproven", "no answer of it told a duration", ())] == at(verdicts, READ)
    assert [("unproven", "no request was sent to it", ())] == at(verdicts, PLACE)
    assert [] == at(verdicts, HEALTH)


def test_unproven_where_the_contract_says_nothing() -> None:
    """Without an envelope, and in one that has no place for it."""
    for system in (SYSTEM, replace(SYSTEM, envelope=None)):
        assert [("unproven", "the contract says nothing of durations", ())] == at(
            RULE.judge(system, make_record(answered("a", _took(9_000)))), "shop"
        )
