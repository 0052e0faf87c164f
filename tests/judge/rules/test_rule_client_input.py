"""SRV001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.contract import Answer
from seamwright.judge.alone import shown_by, smallest_alone
from seamwright.judge.finding import findings
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

if TYPE_CHECKING:
    from seamwright.judge.finding import Finding
    from seamwright.record.observation import Exchange


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
    one = _ill("a", PLACE, b"{}", status=status)
    assert one.case
    one = replace(one, case=replace(one.case, purpose=purpose))
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


DEEP, DEEPER = (b"[" * depth + b"]" * depth for depth in (20_000, 30_000))
CLOSED = "ServerDisconnectedError: Server disconnected"


def _dropped(
    id_: str,
    endpoint: str = PLACE,
    *,
    said: str = CLOSED,
    tries: int = 2,
    purpose: Purpose = Purpose.BAD,
    body: bytes = b'{"a": 1}',
) -> Exchange:
    """A request that was sent as often, and never answered."""
    one = _ill(id_, endpoint, body, status=0)
    assert one.case
    case = replace(one.case, purpose=purpose)
    return replace(one, failure=said, tries=tries, case=case)


def test_to_close_two_connections_is_no_answer() -> None:
    """A service without anybody who would answer 500 fails all the same."""
    said = "no answer to a client's request: a reason"
    verdicts = list(RULE.judge(SYSTEM, make_record(_dropped("a"), _dropped("b", READ))))
    assert [(said, ("a",)), (said, ("b",))] == fails(verdicts)
    assert [(PLACE,), (READ,)] == [one.endpoints for one in findings(verdicts)]
    everywhere = [_dropped("a", body=b"{"), _dropped("b", READ, body=b"{")]
    assert [("no answer to a body that is no JSON", (PLACE, READ))] == _found(*everywhere)


def test_what_may_stay_without_an_answer() -> None:
    """Once, or given up; misuse, which another rule judges; what is too large to be read."""
    record = make_record(
        _dropped("a", tries=1),
        _dropped("b", said="given up: no answer within 2 s; 15 s were waited before"),
        _dropped("c", purpose=Purpose.MISUSE),
        _dropped("d", purpose=Purpose.BURST),
        _dropped("e", body=b"x" * (1 << 16)),
        nothing_asked(_dropped("f")),
    )
    assert [] == fails(RULE.judge(SYSTEM, record))


HANGS = "TimeoutError: no answer within 15 s"


def test_what_hangs_is_one_fault_wherever_it_is_asked() -> None:
    """Also a well-formed request; that it is ill besides makes no second fault of it."""
    said = "no answer within 15 s to a client's request: a reason"
    well = _dropped("a", READ, said=HANGS, tries=1, purpose=Purpose.WELL)
    ill = _dropped("b", said=HANGS, tries=1, body=b"{")
    assert [(said, (PLACE, READ))] == _found(ill, well)
    assert [(said, (READ,))] == _found(well)


def test_an_answer_that_breaks_off_is_none() -> None:
    """At each endpoint, as whoever makes it is of that endpoint."""
    said = "an answer that broke off to a client's request: a reason"
    one, other = (
        _dropped(id_, place, said="broken off: 3 of 9 bytes", tries=1)
        for id_, place in (("a", PLACE), ("b", READ))
    )
    assert [(said, (PLACE,)), (said, (READ,))] == _found(one, other)


def test_a_service_that_went_down_is_one_fault() -> None:
    """Who of those that were under way has brought it about nobody can tell."""
    gone = "ConnectionRefusedError: [Errno 111] Connect call failed"
    assert [("it went down while clients' requests were under way", (PLACE, READ))] == _found(
        _dropped("a", said=gone), _dropped("b", READ, said=gone)
    )


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


def _ill(
    id_: str, endpoint: str, body: bytes, *, status: int = 500, valid: bool = False
) -> Exchange:
    """A body that was sent to an endpoint as JSON."""
    one = misused(id_, endpoint, status, endpoint=endpoint, purpose=Purpose.MISUSE)
    assert one.case
    assert one.request
    request = replace(one.request, headers=(("content-type", "application/json"),), body=body)
    return replace(one, request=request, case=replace(one.case, valid=valid))


def _findings(*exchanges: Exchange) -> tuple[Finding, ...]:
    return findings(RULE.judge(SYSTEM, make_record(*exchanges)))


def _found(*exchanges: Exchange) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.message, one.endpoints) for one in _findings(*exchanges)]


def test_what_is_ill_everywhere_is_one_fault() -> None:
    """Whoever reads bodies reads them so at every endpoint; other things are told apart."""
    one, other = PLACE, "PUT /orders/{id}"
    assert [
        ("500 to a body that is no JSON", (one, other)),
        ("500 to a body that is nested deep", (one,)),
        ("502 to a client's request: a reason", (other, one)),
        ("500 to a client's request: a reason", (other,)),
    ] == _found(
        _ill("a", one, b"{"),
        _ill("b", other, b"nothing"),
        _ill("c", one, DEEP),
        _ill("d", other, b"{", status=502),
        _ill("f", one, b'{"a": 1}', status=502, valid=True),
        _ill("e", other, b'{"a": 1}'),
    )


def test_who_fails_on_well_formed_requests_too_does_not_fail_on_what_is_ill() -> None:
    """One fault of that endpoint; the others' is told apart."""
    one, other, third = PLACE, "PUT /orders/{id}", READ
    assert [
        ("500 to a client's request: a reason", (one,)),
        ("500 to a body that is no JSON", (other, third)),
    ] == _found(
        _ill("a", one, b'{"a": 1}', valid=True),
        _ill("b", one, b"{"),
        _ill("c", other, b"{"),
        _ill("d", third, b"{"),
    )


def test_what_a_reader_of_json_stumbles_over_is_one_fault() -> None:
    """No body and no UTF-8 are no JSON either, where no JSON is what it fails on."""
    one, other = PLACE, "PUT /orders/{id}"
    bodies = (b"{", b"", b"\xff")
    at_both = [
        _ill(f"{at}{name}", at, body)
        for at in (one, other)
        for name, body in zip("abc", bodies, strict=True)
    ]
    assert [("500 to a body that is no JSON", (one, other))] == _found(*at_both)
    empty = [_ill("a", one, b""), _ill("b", other, b"")]
    assert [("500 to no body", (one, other))] == _found(*empty)


def test_what_an_object_lacks_is_not_put_down_to_what_is_in_it() -> None:
    """Who fails on an object with nothing ill in it need not have minded the NUL."""
    one, other = PLACE, "PUT /orders/{id}"
    nul = [_ill("a", one, b'{"a": "\\u0000"}'), _ill("b", other, b'{"a": "\\u0000"}')]
    assert [("500 to a text with NUL in it", (one, other))] == _found(*nul)
    lacks = [_ill("c", one, b"{}"), _ill("d", other, b"{}")]
    said = "500 to a client's request: a reason"
    assert [(said, (one,)), (said, (other,))] == _found(*nul, *lacks)


def test_what_one_endpoint_alone_stumbles_over_is_one_fault_of_it() -> None:
    """Whatever it is: one place is to be looked at."""
    told = [_ill("a", PLACE, b'{"a": 1}'), _ill("b", PLACE, b"{"), _ill("c", PLACE, DEEP)]
    assert [("500 to a client's request: a reason", (PLACE,))] == _found(*told)
    other = _ill("d", "PUT /orders/{id}", b"{")
    assert [("a", "c"), ("b", "d")] == [one.evidence for one in _findings(*told, other)]


def test_one_of_them_shows_it_by_itself() -> None:
    """A fault of several endpoints, and one of an endpoint that has ill requests in it."""
    deep = [_ill("a", PLACE, DEEP), _ill("b", "PUT /orders/{id}", DEEPER)]
    (wide,) = _findings(*deep)
    (narrow,) = _findings(deep[0])
    record = make_record(*deep)
    for one in (wide, narrow):
        assert deep[0] == smallest_alone(RULE, SYSTEM, record, one)
    unlike = _ill("c", PLACE, b"{")
    assert ["", "500 to a body that is no JSON"] == [
        shown_by(RULE, SYSTEM, record.head, one, unlike) for one in (wide, narrow)
    ]


def test_a_valid_request_is_never_ill() -> None:
    """The contract may want a list, or another type than JSON."""
    well = _ill("a", PLACE, b"{}", status=201, valid=True)
    listed = _ill("b", PLACE, b"[1]", valid=True)
    assert [("500 to a client's request: a reason", (PLACE,))] == _found(well, listed)
