"""RID003: the request ID goes on: to every callee, on mail, and into the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.edge import Protocol
from seamwright.judge.logged_id import logged_id
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.edge import Edge
    from seamwright.contract.request_id import RequestId
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("RID003")
_FIRST_ERROR = 400
_ON_THE_WAY_S = 1.0
_SAYABLE = (Protocol.HTTP, Protocol.SMTP)


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An edge passes when a driven request's ID was seen on it and nothing went without an ID.

    A call with another ID is blamed only where it happened while a request was answered that says
    that it makes this call: what a service does by itself has an ID of its own. A service's log
    passes when the driven requests' IDs were found in it. Edges that no endpoint's success uses,
    and protocols that cannot carry an ID, are left out.
    """
    request_id = system.request_id
    if request_id is None:
        return
    sent = {one.case.request_id for one in record.driven() if one.case and one.case.request_id}
    used = {
        f"{service.name}→{callee}"
        for service in system.services
        for endpoint in service.endpoints
        for callee in endpoint.calls
    }
    for edge in system.edges:
        if edge.name in used and edge.protocol in _SAYABLE:
            yield _edge(record, edge, request_id, sent, _windows(system, record, edge))
    for service in system.services:
        yield _log(record, service, request_id)


def _windows(system: System, record: Record, edge: Edge) -> list[tuple[float, float]]:
    """When requests were answered that say that they call over this edge."""
    service = system.service(edge.caller)
    endpoints = service.endpoints if service else ()
    calling = {one.id for one in endpoints if edge.callee in one.calls}
    return [
        (one.began_s, one.ended_s)
        for one in record.driven()
        if one.case
        and one.case.request_id
        and one.case.service == edge.caller
        and one.case.endpoint in calling
        and one.response
        and one.response.status < _FIRST_ERROR
    ]


def _edge(
    record: Record,
    edge: Edge,
    request_id: RequestId,
    sent: set[str],
    windows: list[tuple[float, float]],
) -> Verdict:
    place = Place(edge.caller, aspect=edge.name)
    why = record.why_unseen(edge.name)
    if why:
        return _BENCH.unproven(place, why)
    seen = _carried(record, edge, request_id)
    if not seen:
        return _BENCH.unproven(place, f"nothing was seen on {edge.name}")
    without = [one.id for one in seen if not request_id.well_formed(one.value)]
    if without:
        return _BENCH.failed(place, f"a call on {edge.name} carries no request ID", without)
    carried = [one.id for one in seen if one.value in sent]
    if carried:
        return _BENCH.passed(place, carried)
    other = [one.id for one in seen if any(a <= one.at_s <= b for a, b in windows)]
    if other:
        said = f"calls on {edge.name} carry other request IDs than the requests behind them"
        return _BENCH.failed(place, said, other)
    return _BENCH.unproven(place, f"no driven request was seen to call over {edge.name}")


@dataclass(frozen=True, slots=True)
class _Call:
    """A call on an edge, with the ID that it carries."""

    id: str
    at_s: float
    value: str | None


def _carried(record: Record, edge: Edge, request_id: RequestId) -> list[_Call]:
    """Every call on an edge with the ID that it carries."""
    if edge.protocol is Protocol.SMTP:
        name = request_id.of_mail
        return [
            _Call(one.id, one.at_s, header(one.headers, name))
            for one in record.mails
            if one.edge == edge.name
        ]
    return [
        _Call(one.id, one.began_s, header(one.request.headers, request_id.headers[0]))
        for one in record.on(edge.name)
        if one.request is not None
    ]


def _log(record: Record, service: Service, request_id: RequestId) -> Verdict:
    place = Place(service.name, aspect="log")
    lines = [one for one in record.log_lines if one.box == service.name]
    if not lines:
        why = record.why_unseen(service.name) or "its output could not be seen"
        return _BENCH.unproven(place, why)
    # A record that was cut short lacks the lines that were on their way.
    until_s = record.head.zero_s + record.duration_s - (0 if record.complete else _ON_THE_WAY_S)
    sent = {
        one.case.request_id: one.id
        for one in record.driven()
        if one.case
        and one.case.request_id
        and one.case.service == service.name
        and one.response
        and one.ended_s <= until_s
    }
    told = {logged_id(one.text, request_id.log_field): one.id for one in lines}
    silent = [id_ for value, id_ in sent.items() if value not in told]
    if not sent:
        return _BENCH.unproven(place, "no request with an ID was answered")
    if silent:
        said = f"its log has no line whose `{request_id.log_field}` is the request's ID"
        return _BENCH.failed(place, said, silent)
    return _BENCH.passed(place, [told[value] for value in sent if value in told])


RULE = Rule(
    code="RID003",
    title="A request ID is passed on to every callee and into the log",
    why="A chain that loses the ID cannot be followed from the answer to its cause.",
    source='Seed, "Verification Checklist": request IDs propagated through all services',
    judge=judge,
    reach=Reach.WHOLE,
)
