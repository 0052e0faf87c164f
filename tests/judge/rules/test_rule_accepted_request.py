"""POS001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.rules.accepted_request import OF_DOCUMENT, RULE
from seamwright.record.observation import Exchange, Purpose
from tests.judge.records import (
    JSON,
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

FITS = b'{"id": "o1", "total": 3}'
SAID = "422 for a request that fits all that the contract says of it"
NOTE = (
    f"2 requests that fit their schemas were refused, at {PLACE}: either the service refuses too"
    " much, or its contract says too little"
)


def _placed(
    id_: str,
    status: int = 201,
    payload: bytes = FITS,
    *,
    purpose: Purpose = Purpose.WELL,
    valid: bool = True,
) -> Exchange:
    told = success() if status < 400 else failure("OUT_OF_STOCK")
    one = answered(id_, told, status=status, endpoint=PLACE, payload=payload, asked=JSON)
    assert one.case is not None
    return replace(one, case=replace(one.case, valid=valid, purpose=purpose))


def test_passes_where_it_was_let_in() -> None:
    """The request as the team sends it is evidence; what lies beyond its form is no refusal."""
    record = make_record(_placed("a"), _placed("b", 409), _placed("c", 503))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), PLACE)


@pytest.mark.parametrize("status", [400, 415, 422])
def test_fails_where_it_was_refused(status: int) -> None:
    """Whatever else was let in."""
    record = make_record(_placed("a"), _placed("b", status))
    assert [(SAID.replace("422", str(status)), ("b",))] == fails(RULE.judge(SYSTEM, record))


def test_what_does_not_fit_may_be_refused() -> None:
    """A request that breaks its schema, one that is meant to, and one of another purpose."""
    record = make_record(
        _placed("a", 422, b'{"id": "o1"}'),
        _placed("b", 422, valid=False),
        _placed("c", 422, purpose=Purpose.PROVOKED),
        replace(_placed("d", 422), request=None),
        unanswered("e", endpoint=PLACE),
        answered("f", failure("NO_SUCH_ROUTE"), status=400, endpoint=None),
    )
    reason = "no request as the team sends it was let in"
    assert [("unproven", reason, ())] == at(RULE.judge(SYSTEM, record), PLACE)
    assert [("unproven", "no request was sent to it", ())] == at(RULE.judge(SYSTEM, record), READ)


def test_what_was_generated_is_one_note() -> None:
    """A service, how many, where; it is no failure, for the contract may say too little."""
    made = _placed("b", 422, purpose=Purpose.GENERATED)
    record = make_record(_placed("a"), made, replace(made, id="c"))
    assert [] == fails(RULE.judge(SYSTEM, record))
    assert [("unproven", NOTE, ("b",))] == at(OF_DOCUMENT.judge(SYSTEM, record), "shop")


def test_of_a_document_nothing_else_is_said() -> None:
    """A well-formed request that is refused is in the note as well."""
    record = make_record(_placed("a", 422), _placed("b", 422, purpose=Purpose.GENERATED))
    assert [("unproven", NOTE)] == [
        (one.outcome.value, one.said) for one in OF_DOCUMENT.judge(SYSTEM, record)
    ]
    assert [] == list(OF_DOCUMENT.judge(SYSTEM, make_record(_placed("a"))))
