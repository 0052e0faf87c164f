"""SRV001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.judge.rules.client_input import RULE
from seamwright.record.observation import Exchange, FaultSpan, Purpose, Unseen
from tests.judge.records import PLACE, READ, SYSTEM, answered, fails, failure, make_record

if TYPE_CHECKING:
    from seamwright.record.load import Record


def _shop(record: Record) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is said of the service that was driven."""
    return [
        (one.outcome.value, one.said, one.evidence)
        for one in RULE.judge(SYSTEM, record)
        if one.place.service == "shop"
    ]


def _sent(
    id_: str, status: int, *, purpose: Purpose = Purpose.BAD, endpoint: str | None = READ
) -> Exchange:
    one = answered(id_, failure("ANY"), status=status, endpoint=endpoint)
    assert one.case is not None
    return replace(one, case=replace(one.case, purpose=purpose, valid=False, reason="ill"))


def test_passes_when_what_is_ill_is_refused() -> None:
    """The refusals are evidence."""
    record = make_record(_sent("a", 400), _sent("b", 422, endpoint=PLACE))
    assert [("pass", "", ("a", "b"))] == _shop(record)


@pytest.mark.parametrize("status", [500, 501, 502, 503, 507])
def test_fails_when_what_is_sent_makes_it_fail(status: int) -> None:
    """Also 501 to a method that the service has, and 503 where no code of the contract says it."""
    record = make_record(_sent("a", 400), _sent("b", status))
    assert [(f"{status} to a client's request: ill", ("b",))] == fails(RULE.judge(SYSTEM, record))


@pytest.mark.parametrize("purpose", [Purpose.FAULT, Purpose.PROVOKED, Purpose.PACT, Purpose.STATE])
def test_what_is_sent_to_bring_a_failure_about_is_left_alone(purpose: Purpose) -> None:
    """It is not the client's input that fails there."""
    record = make_record(_sent("a", 400), _sent("b", 500, purpose=purpose))
    assert [("pass", "", ("a",))] == _shop(record)


def test_what_meets_a_fault_is_left_alone() -> None:
    """From its laying to its lifting, or to the end."""
    for lifted_s in (2.0, None):
        span = FaultSpan("f", "shop→bank", "cut", 0.5, lifted_s)
        record = make_record(_sent("b", 500), span)
        assert [] == fails(RULE.judge(SYSTEM, record))


def test_a_method_that_nobody_has_may_be_unknown() -> None:
    """501 is what HTTP says of it."""
    brew = _sent("b", 501, endpoint=None)
    assert brew.request is not None
    record = make_record(
        _sent("a", 400), replace(brew, request=replace(brew.request, method="BREW"))
    )
    assert [] == fails(RULE.judge(SYSTEM, record))


def test_is_unproven_where_nothing_ill_was_answered() -> None:
    """Well-formed requests alone decide nothing, and a service that is not there even less."""
    record = make_record(_sent("a", 200, purpose=Purpose.WELL))
    said = "nothing ill that was sent was answered"
    assert [("unproven", said, ())] == _shop(record)
    absent = make_record(Unseen("shop", "no box"))
    assert [("unproven", "no box", ())] == _shop(absent)
