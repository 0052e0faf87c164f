"""SRV001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Answer
from seamwright.judge.rules.client_input import RULE
from seamwright.record.observation import FaultSpan, Purpose
from tests.judge.records import (
    HEALTH,
    PLACE,
    READ,
    SYSTEM,
    answered,
    at,
    fails,
    failure,
    make_record,
)
from tests.judge.rules.misuses import misused, nothing_asked


def test_passes_when_ill_requests_are_refused() -> None:
    """What was sent ill is the evidence."""
    record = make_record(
        misused("a", "PUT /health", 404, purpose=Purpose.MISUSE), answered("b", {}, status=404)
    )
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), "shop")


def test_is_unproven_without_ill_requests() -> None:
    """Well-formed ones that succeed show nothing; a service that was not driven neither."""
    verdicts = list(RULE.judge(SYSTEM, make_record(answered("a", {}))))
    assert [("unproven", "nothing ill that was sent was answered", ())] == at(verdicts, "shop")
    assert [("unproven", "no request was sent to it", ())] == at(verdicts, "bank")


@pytest.mark.parametrize(
    ("status", "purpose"),
    [(500, Purpose.MISUSE), (503, Purpose.WELL), (502, Purpose.GENERATED), (501, Purpose.RAW)],
)
def test_fails_a_5xx_that_nobody_declared(status: int, purpose: Purpose) -> None:
    """Also to a well-formed request, and 501 to a method that the service has."""
    one = misused("a", "POST /orders", status, endpoint=PLACE, purpose=purpose)
    verdicts = list(RULE.judge(SYSTEM, make_record(one)))
    assert [(f"{status} to a client's request: a reason", ("a",))] == fails(verdicts)
    assert [PLACE] == [one.place.endpoint for one in verdicts if one.outcome.value == "fail"]


@pytest.mark.parametrize(
    ("asked", "status", "due"),
    [("BREW /health", 501, True), ("POST /orders", 501, False), ("GET /health", 505, False)],
)
def test_a_server_may_say_what_it_does_not_know(asked: str, status: int, due: bool) -> None:
    """Methods, codings and versions of HTTP that it has never heard of."""
    assert [] == fails(RULE.judge(SYSTEM, make_record(misused("a", asked, status, due=due))))


def test_a_declared_dependency_may_be_unavailable() -> None:
    """By a code of the endpoint, or by an answer that it declares; `default` declares nothing."""
    told = answered("a", failure("BANK_DOWN", again=True), endpoint=PLACE, status=503)
    bare = misused("b", "GET /orders/o1", 503, endpoint=READ)
    assert ["b"] == [ids[0] for _, ids in fails(RULE.judge(SYSTEM, make_record(told, bare)))]
    for status, kept in (("503", []), ("5XX", []), ("default", ["b"])):
        shop, *rest = SYSTEM.services
        read = replace(shop.endpoints[0], answers=(Answer(status, "Down."),))
        shop = replace(shop, endpoints=(read, *shop.endpoints[1:]))
        system = replace(SYSTEM, services=(shop, *rest))
        assert kept == [ids[0] for _, ids in fails(RULE.judge(system, make_record(told, bare)))]


def test_health_may_be_ill() -> None:
    """It says so by 503, and HEA001 judges it; another service has no health to tell."""
    ill = misused("a", "GET /health", 503, endpoint=HEALTH)
    assert [] == fails(RULE.judge(SYSTEM, make_record(ill)))
    shop, *rest = SYSTEM.services
    bare = replace(SYSTEM, services=(replace(shop, health=None), *rest))
    assert [("a",)] == [ids for _, ids in fails(RULE.judge(bare, make_record(ill)))]


def test_what_met_a_fault_is_left_out() -> None:
    """Before it was lifted, or where it never was; and what no request can be read of."""
    early, late = FaultSpan("f", "shop→bank", "cut", 0.5, 1.05), FaultSpan("g", "x", "cut", 9, None)
    record = make_record(
        misused("a", "GET /orders/o1", 500, at_s=1.0),
        misused("b", "GET /orders/o1", 500, at_s=2.0),
        misused("c", "GET /orders/o1", 500, at_s=10.0),
        nothing_asked(misused("d", "GET /orders/o1", 500, at_s=2.0)),
        misused("e", "GET /orders/o1", 500, at_s=2.0, purpose=Purpose.PROVOKED),
        early,
        late,
    )
    assert [("b",)] == [ids for _, ids in fails(RULE.judge(SYSTEM, record))]
