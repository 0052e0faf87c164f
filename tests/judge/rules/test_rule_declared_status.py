"""STS001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.finding import findings
from seamwright.judge.rules.declared_status import RULE
from seamwright.record.observation import Exchange, Purpose
from tests.judge.records import (
    PLACE,
    READ,
    SYSTEM,
    answered,
    at,
    fails,
    failure,
    make_record,
    success,
    unanswered,
)

BARE = replace(SYSTEM, envelope=None)


def _placed(id_: str, status: int = 201, purpose: Purpose = Purpose.GENERATED) -> Exchange:
    told = success() if status < 400 else failure("ANY")
    one = answered(id_, told, status=status, endpoint=PLACE, method="POST")
    assert one.case is not None
    return replace(one, case=replace(one.case, purpose=purpose))


def test_passes_where_a_declared_success_was_seen() -> None:
    """A part of it, and answers to something broken, do not count."""
    broken = _placed("c", 200, Purpose.FAULT)
    record = make_record(_placed("a"), _placed("b", 206), broken)
    assert [("pass", "", ("a",))] == at(RULE.judge(BARE, record), PLACE)


@pytest.mark.parametrize("status", [200, 202, 204])
def test_fails_where_a_success_has_another_status(status: int) -> None:
    """Whatever else was seen."""
    said = f"the status of a success is {status}, which is not declared"
    record = make_record(_placed("a"), _placed("b", status))
    assert [(said, ("b",))] == fails(RULE.judge(BARE, record))


def test_the_same_at_several_endpoints_is_one_finding() -> None:
    """It lists them: whoever documents, documents all in the same way."""
    read = answered("b", success(), status=202, endpoint=READ)
    told = findings(RULE.judge(BARE, make_record(_placed("a", 202), read, _placed("c", 204))))
    assert [{PLACE, READ}, {PLACE}] == [set(one.endpoints) for one in told]


def test_failures_that_are_not_declared_are_one_note() -> None:
    """By status, with where; what HTTP may answer anywhere is left out."""
    record = make_record(
        _placed("a"),
        *(_placed(f"b{status}", status) for status in (302, 304, 405, 418, 500)),
        answered("c", failure("ANY"), status=418, endpoint=READ),
        answered("d", failure("ANY"), status=418, endpoint=READ),
    )
    said = f"answered, and not declared there: 302 at {PLACE}; 418 at {READ}, {PLACE}"
    verdicts = list(RULE.judge(BARE, record))
    assert [] == fails(verdicts)
    assert [("unproven", said, ("b302", "c"))] == at(verdicts, "shop")


def test_a_catalogue_of_codes_is_the_business_of_its_own_rule() -> None:
    """One fault, one finding."""
    reason = "the contract declares error codes; ERR001 judges it"
    verdicts = RULE.judge(SYSTEM, make_record(_placed("a", 200)))
    assert [("unproven", reason, ())] == at(verdicts, PLACE)


def test_unproven_where_nothing_was_seen() -> None:
    """Neither failures alone nor silence show what a success is."""
    record = make_record(_placed("a", 418), unanswered("b", endpoint=PLACE))
    verdicts = list(RULE.judge(BARE, record))
    assert [("unproven", "no success of it was seen", ())] == at(verdicts, PLACE)
    assert [("unproven", "no request was sent to it", ())] == at(verdicts, READ)
