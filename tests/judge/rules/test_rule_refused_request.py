"""NEG001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Mode
from seamwright.judge.finding import findings
from seamwright.judge.rules.refused_request import RULE
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

TAKEN = "201 for a request that the contract refuses: type of /total in the body"


def _placed(
    id_: str,
    payload: bytes = b'{"id": "o1", "total": "3"}',
    *,
    status: int = 201,
    body: object = None,
    purpose: Purpose = Purpose.GENERATED,
    valid: bool = False,
) -> Exchange:
    told = success() if body is None else body
    one = answered(id_, told, status=status, endpoint=PLACE, payload=payload, asked=JSON)
    assert one.case is not None
    return replace(one, case=replace(one.case, valid=valid, purpose=purpose))


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_passes_where_it_was_refused(status: int) -> None:
    """With whatever says that the request was wrong."""
    record = make_record(_placed("a", status=status, body=failure("OUT_OF_STOCK")))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), PLACE)


def test_fails_where_it_was_taken() -> None:
    """Whatever else was refused; the same keyword at another member is the same fault."""
    record = make_record(
        _placed("a"),
        _placed("b", b'{"id": 5, "total": 3}'),
        _placed("c", status=422, body=failure("OUT_OF_STOCK")),
    )
    assert [(TAKEN, ("a",)), (TAKEN.replace("/total", "/id"), ("b",))] == fails(
        RULE.judge(SYSTEM, record)
    )
    assert [2] == [one.count for one in findings(RULE.judge(SYSTEM, record))]


@pytest.mark.parametrize(
    ("payload", "fault"), [(b"", "it has no body"), (b'{"id":', "its body is no JSON")]
)
def test_says_what_a_body_lacks(payload: bytes, fault: str) -> None:
    """No member is named where there is none at all."""
    (verdict,) = fails(RULE.judge(SYSTEM, make_record(_placed("a", payload))))
    assert (f"201 for a request that the contract refuses: {fault}", ("a",)) == verdict


def test_what_is_no_proof_decides_nothing() -> None:
    """A request that fits, refusals of another cause, a failure that comes with 200, no answer."""
    record = make_record(
        _placed("a", b'{"id": "o1", "total": 3}'),
        _placed("b", status=401),
        _placed("c", status=429),
        _placed("d", status=500),
        _placed("e", body={"ok": False}),
        _placed("f", body={"errors": ["x"]}),
        _placed("g", status=202),
        _placed("h", valid=True),
        _placed("i", purpose=Purpose.FAULT),
        replace(_placed("j"), response=None),
        unanswered("k", endpoint=PLACE),
        answered("l", failure("NO_SUCH_ROUTE"), status=404, endpoint=None),
    )
    verdicts = list(RULE.judge(SYSTEM, record))
    reason = "nothing that the contract refuses was answered by it"
    assert [("unproven", reason, ())] == at(verdicts, PLACE)
    assert [("unproven", "no request was sent to it", ())] == at(verdicts, READ)


def test_a_body_that_is_no_json_is_taken_as_a_success() -> None:
    """A page says nothing of a failure."""
    assert [(TAKEN, ("a",))] == fails(RULE.judge(SYSTEM, make_record(_placed("a", body=b"<h1>"))))
    assert [(TAKEN, ("a",))] == fails(RULE.judge(SYSTEM, make_record(_placed("a", body=[1]))))


def test_what_is_queued_may_be_refused_later() -> None:
    """An endpoint that only accepts work has not done it yet."""
    (shop, bank) = SYSTEM.services
    endpoints = tuple(replace(one, mode=Mode.QUEUED) for one in shop.endpoints)
    system = replace(SYSTEM, services=(replace(shop, endpoints=endpoints), bank))
    assert [] == fails(RULE.judge(system, make_record(_placed("a"))))
