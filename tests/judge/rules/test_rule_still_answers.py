"""CON001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.judge.rules.still_answers import RULE
from seamwright.record.observation import Exchange, Purpose, Unseen
from tests.judge.records import SYSTEM, answered, fails, failure, make_record, unanswered

if TYPE_CHECKING:
    from seamwright.record.load import Record


def _shop(record: Record) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is said of the service that was driven."""
    return [
        (one.outcome.value, one.said, one.evidence)
        for one in RULE.judge(SYSTEM, record)
        if one.place.service == "shop"
    ]


def _misused(one: Exchange, *, due: bool = True, purpose: Purpose = Purpose.MISUSE) -> Exchange:
    assert one.case is not None
    return replace(one, case=replace(one.case, purpose=purpose, reason="misuse", due=due))


def _raw(id_: str, sent: str, told: str) -> Exchange:
    one = answered(
        id_, failure("ANY"), status=400, sent=sent, headers=(("x-trace", told), ("x-version", "2"))
    )
    return _misused(one, purpose=Purpose.RAW)


def test_passes_when_all_that_is_due_is_answered() -> None:
    """The answers are evidence."""
    record = make_record(_misused(answered("a", {})), _misused(unanswered("b"), due=False))
    assert [("pass", "", ("a",))] == _shop(record)


@pytest.mark.parametrize(
    ("failure_", "said"),
    [
        ("TimeoutError: 5 s", "misuse: it hangs (TimeoutError: 5 s)"),
        ("closed", "misuse: no answer (closed)"),
        ("more came after the answer", "misuse: more came after the answer"),
    ],
)
def test_fails_when_what_is_due_is_not_answered(failure_: str, said: str) -> None:
    """It hangs, is dropped, or is answered twice."""
    record = make_record(_misused(unanswered("a", said=failure_)))
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, record))


def test_fails_when_answers_come_out_of_order() -> None:
    """An answer has the request ID of its own request, not of its neighbour."""
    right = make_record(_raw("a", "one", "one"), _raw("b", "two", "two"))
    assert [] == fails(RULE.judge(SYSTEM, right))
    wrong = make_record(_raw("a", "one", "two"), _raw("b", "two", "one"))
    assert [("a",), ("b",)] == [evidence for _, evidence in fails(RULE.judge(SYSTEM, wrong))]
    replaced = make_record(_raw("a", "one", "fresh"), _raw("b", "two", "two"))
    assert [] == fails(RULE.judge(SYSTEM, replaced))


def test_is_unproven_where_nothing_was_misused() -> None:
    """Or the service is not there."""
    assert [("unproven", "it was not misused", ())] == _shop(make_record())
    absent = make_record(Unseen("shop", "no box"))
    assert [("unproven", "no box", ())] == _shop(absent)
