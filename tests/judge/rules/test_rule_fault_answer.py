"""FLT001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Envelope, Form, Member, Role
from seamwright.judge.rules.fault_answer import RULE
from seamwright.record.observation import Exchange, FaultSpan, Purpose
from tests.judge.records import (
    PLACE,
    SYSTEM,
    answered,
    at,
    called,
    fails,
    failure,
    make_record,
    success,
    unanswered,
)

CUT = FaultSpan("f", "shop→bank", "cut", 1.0, 9.0)
TRIED = called("t", failed="connection reset")
WHERE = "shop→bank cut"


@pytest.mark.parametrize(
    "one",
    [
        answered("a", success(), endpoint=PLACE, status=201),
        answered("a", failure("BANK_DOWN", again=True), endpoint=PLACE, status=503),
    ],
)
def test_passes_when_the_caller_answers_as_declared(one: Exchange) -> None:
    """A success, or an error that the endpoint declares as worth a retry, is an answer."""
    verdicts = RULE.judge(SYSTEM, make_record(CUT, TRIED, one))
    assert [("pass", "", ("a", "t", "f"))] == at(verdicts, WHERE)


def test_leaves_provoked_codes_to_their_own_rule() -> None:
    """A fault under which only an error code was to be brought about is no drill."""
    one = answered("a", failure("OOPS"), endpoint=PLACE, status=500)
    assert one.case is not None
    provoked = replace(one, case=replace(one.case, purpose=Purpose.PROVOKED))
    assert [] == list(RULE.judge(SYSTEM, make_record(CUT, TRIED, provoked)))


def test_passes_under_a_fault_that_was_never_lifted() -> None:
    """A record that ends before the fault does is judged as far as it goes."""
    lasting = replace(CUT, lifted_s=None)
    one = answered("a", success(), endpoint=PLACE, status=201)
    verdicts = RULE.judge(SYSTEM, make_record(lasting, TRIED, one))
    assert [("pass", "", ("a", "t", "f"))] == at(verdicts, WHERE)


def test_passes_by_the_status_where_no_code_is_declared() -> None:
    """Where errors have no code, the status of a retryable error is a declared answer."""
    bare = Envelope(Form((Member("", Role.DATA),)), Form((Member("/detail", Role.MESSAGE),)))
    for envelope in (None, bare):
        system = replace(SYSTEM, envelope=envelope)
        one = answered("a", {"detail": "later"}, endpoint=PLACE, status=503)
        assert [("pass", "", ("a", "t", "f"))] == at(
            RULE.judge(system, make_record(CUT, TRIED, one)), WHERE
        )
        other = answered("a", {"detail": "oops"}, endpoint=PLACE, status=500)
        ((said, _),) = fails(RULE.judge(system, make_record(CUT, TRIED, other)))
        assert said.endswith("500, which is no retryable error that the endpoint declares")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (unanswered("a", endpoint=PLACE), "the request got no answer: ReadTimeout"),
        (
            answered("a", success(), endpoint=PLACE, span_s=(1.0, 4.5)),
            "the answer took more than 3 s",
        ),
        (answered("a", b"<html>", endpoint=PLACE, status=502), "502: the body is not JSON"),
        (
            answered("a", failure("OOPS"), endpoint=PLACE, status=500),
            "500 with no error code that the endpoint declares",
        ),
        (
            answered("a", failure("OUT_OF_STOCK"), endpoint=PLACE, status=409),
            "OUT_OF_STOCK, which says that trying again is of no use",
        ),
        (
            answered("a", failure("BANK_DOWN"), endpoint="GET /gone", service="gone", status=503),
            "503 with no error code that the endpoint declares",
        ),
    ],
)
def test_fails_when_the_fault_spreads(one: Exchange, said: str) -> None:
    """No answer, a late one and an undeclared one are fails with the attempt as evidence."""
    ((told, evidence),) = fails(RULE.judge(SYSTEM, make_record(CUT, TRIED, one)))
    assert told.endswith(said)
    assert ("a", "t", "f") == evidence


def test_unproven_when_the_request_did_not_meet_the_fault() -> None:
    """Without a failed attempt meanwhile, the answer says nothing about the fault."""
    one = answered("a", success(), endpoint=PLACE, status=201)
    before = called("t", failed="connection reset", at_s=0.5)
    record = make_record(CUT, before, called("u"), one)
    said = "the request did not come across the fault on shop→bank"
    assert [("unproven", said, ("a",))] == at(RULE.judge(SYSTEM, record), WHERE)


def test_unproven_when_nothing_was_sent_meanwhile() -> None:
    """A fault under which no request ran from start to end proves nothing."""
    late = answered("a", success(), endpoint=PLACE, span_s=(8.9, 9.1))
    said = "no request was sent while the fault lay"
    record = make_record(CUT, TRIED, late)
    assert [("unproven", said, ())] == at(RULE.judge(SYSTEM, record), WHERE)


def test_says_nothing_of_edges_that_the_contract_lacks() -> None:
    """A fault on an edge of another contract, and no fault at all, give no verdict."""
    assert [] == list(RULE.judge(SYSTEM, make_record(replace(CUT, edge="a→b"))))
    assert [] == list(RULE.judge(SYSTEM, make_record()))
