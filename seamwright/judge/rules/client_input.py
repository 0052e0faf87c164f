"""SRV001: nothing that a client sends makes a service fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.answered_code import answered_code
from seamwright.judge.driven import why_not_driven
from seamwright.judge.http_answer import is_misuse, is_of_parser
from seamwright.judge.ill_request import NO_JSON, OF_OBJECTS, UNREADABLE, ill
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import BROKEN_OFF, GIVEN_UP, HUNG, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("SRV001")
_ANYWHERE = Bench("SRV001", spans=True)
_OF_CLIENTS = frozenset(
    {Purpose.WELL, Purpose.BAD, Purpose.GENERATED, Purpose.WALK, Purpose.MISUSE, Purpose.RAW}
)
"""Others are sent to bring a failure about, or while something is broken."""

_ILL = frozenset({Purpose.BAD, Purpose.GENERATED, Purpose.MISUSE, Purpose.RAW})
_LARGE = 1 << 16
"""Bytes of a body that a server may leave unread, and close."""
_FIRST_FAULT = 500
_NOT_IMPLEMENTED = 501
_REFUSED = "ConnectionRefusedError"
_OF_OTHERS = frozenset({502, 503, 504})
"""Say that something else is not there (RFC 9110, 15.6)."""


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A service passes when something ill was sent to it and nothing was answered with 5xx.

    Nor was a connection closed without an answer, and then a fresh one: so a service fails that has
    nobody who would answer 500. Nor did an answer break off, or not come for as long as is waited.

    What the bytes of a request show is one fault of the service where several endpoints fail on
    it, and not on well-formed ones too; that it keeps waiting or is not there is one, wherever it
    was seen; all else is one of each endpoint.

    A dependency that is unavailable is no fault of the service, where the contract declares that
    answer; nor is 501 to a method that no endpoint has.
    """
    for service in system.services:
        sent = [
            one
            for one in record.driven()
            if one.case
            and one.case.service == service.name
            and one.case.purpose in _OF_CLIENTS
            and not any(span.met(one) for span in record.faults)
        ]
        faults = [one for one in sent if _is_fault(system, service, one) or _is_unanswered(one)]
        for one in faults:
            yield _failed(service, one)
        ill = [one.id for one in sent if one.response and one.case and one.case.purpose in _ILL]
        if ill and not faults:
            yield _BENCH.passed(Place(service.name), ill)
        elif not faults:
            reason = "" if sent else why_not_driven(record, service.name)
            yield _BENCH.unproven(
                Place(service.name), reason or "nothing ill that was sent was answered"
            )


def _failed(service: Service, one: Exchange) -> Verdict:
    place = _place(service, one)
    if one.failure.startswith(_REFUSED):
        # Whatever was under way then has no answer.
        said = "it went down while clients' requests were under way"
        return _ANYWHERE.failed(place, said, [one.id])
    came, does = _came(one)
    shape, well = f"{does} what a client sends", f"{does} what a client sends well"
    what = _what_is_ill(one)
    if what:
        yields = _yields(came, what, shape, well)
        said = f"{came} to {what}"
        return _ANYWHERE.failed(place, said, [one.id], narrow=shape, yields=yields)
    reason = one.case.reason if one.case else ""
    said = f"{came} to a client's request" + (f": {reason}" if reason else "")
    if _is_of_the_whole(one):
        return _ANYWHERE.failed(place, said, [one.id], shape)
    if one.case and one.case.valid:
        return _BENCH.failed(place, said, [one.id], well, yields=((well, shape),))
    return _BENCH.failed(place, said, [one.id], shape)


def _yields(came: str, what: str, shape: str, well: str) -> tuple[tuple[str, str], ...]:
    """What takes in what is ill: an endpoint that fails without that too does not fail on it."""
    if what in OF_OBJECTS:
        return (well, shape), (shape, shape)
    if what in UNREADABLE:
        no_json = f"{came} to {NO_JSON}"
        return (well, shape), (no_json, no_json)
    return ((well, shape),)


def _place(service: Service, one: Exchange) -> Place:
    return Place(service.name, (one.case.endpoint if one.case else None) or "")


def _is_of_the_whole(one: Exchange) -> bool:
    """Whether it tells of a service that is too slow, or not there, wherever it is asked."""
    return one.hung or (one.response is not None and one.response.status in _OF_OTHERS)


def _what_is_ill(one: Exchange) -> str:
    """What its bytes alone show, where they were read."""
    case = one.case
    read = case is not None and case.purpose is not Purpose.RAW and not case.valid
    return ill(one.request) if one.request and read and not _is_of_the_whole(one) else ""


def _came(one: Exchange) -> tuple[str, str]:
    """What came of a request, and what the service does to such."""
    if one.response is not None:
        return str(one.response.status), f"answers {one.response.status} to"
    if one.hung:
        return one.failure.removeprefix(f"{HUNG}: "), "hangs on"
    if one.failure.startswith(BROKEN_OFF):
        return "an answer that broke off", "breaks off its answer to"
    return "no answer", "drops"


def _is_fault(system: System, service: Service, one: Exchange) -> bool:
    answer, request = one.response, one.request
    if answer is None or request is None or answer.status < _FIRST_FAULT:
        return False
    if answer.status == _NOT_IMPLEMENTED:
        is_due = one.case is not None and one.case.due
        return is_due and request.method in {each.method for each in service.endpoints}
    if is_of_parser(one) or _is_health(service, one):
        return False
    return not (answer.status in _OF_OTHERS and _is_declared(system, service, one, answer.status))


def _is_unanswered(one: Exchange) -> bool:
    """Whether the service owes an answer, or the rest of one; of misuse CON001 tells."""
    if one.response is not None or is_misuse(one):
        return False
    if one.request is None or len(one.request.body) >= _LARGE:
        return False
    if one.hung or one.failure.startswith(BROKEN_OFF):
        return True
    return one.tries > 1 and not one.failure.startswith(GIVEN_UP)


def _is_health(service: Service, one: Exchange) -> bool:
    """Whether it is the service's own word on how it does, which HEA001 judges."""
    asked = one.case.endpoint if one.case else None
    return service.health is not None and asked == f"GET {service.health.path}"


def _is_declared(system: System, service: Service, one: Exchange, status: int) -> bool:
    """Whether the contract says that this endpoint may answer so."""
    endpoint = service.endpoint((one.case.endpoint if one.case else None) or "")
    told = answered_code(system, one)
    if any(each.code == told and each.status == status for each in system.codes(endpoint)):
        return True
    # What stands for whatever is not said otherwise says nothing of this one.
    beside = endpoint.answer(status) if endpoint else None
    return beside is not None and beside.status != "default"


RULE = Rule(
    code="SRV001",
    title="Nothing that a client sends makes a service fail",
    why="A 5xx wakes people and makes callers try again; whoever can bring it about by what they"
    " send can do both at will.",
    source="RFC 9110, 15.5 and 15.6: the client's error and the server's",
    judge=judge,
)
