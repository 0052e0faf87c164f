"""RID002: a request without an ID gets a fresh one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, member_value, parse
from seamwright.judge.driven import by_endpoint, place_of, why_not_driven
from seamwright.judge.http_answer import is_of_parser
from seamwright.judge.rule import Bench, Rule
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.request_id import RequestId
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("RID002", spans=True)


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A service passes when every request without an ID got a well-formed one, never one twice."""
    for service in system.services:
        yield from _service(system, record, service)


def _service(system: System, record: Record, service: Service) -> Iterator[Verdict]:
    request_id = system.request_id
    whole = place_of(service, None)
    if request_id is None:
        yield _BENCH.unproven(whole, "the contract declares no request ID")
        return
    given: list[tuple[Exchange, str]] = []
    wrong = False
    for one_service, endpoint, exchanges in by_endpoint(system, record):
        if one_service is not service:
            continue
        for one in exchanges:
            if one.response is None or (one.case and one.case.request_id):
                continue
            value = header(one.response.headers, request_id.headers[0])
            if value is None and is_of_parser(one):
                continue  # it has no form of ours at all: ENV001 and FMT001 say so
            fault = _fault(system, request_id, one, value)
            if fault:
                wrong = True
                yield _BENCH.failed(place_of(service, endpoint), fault, [one.id])
            else:
                given.append((one, value or ""))
    twice = {value for value, count in Counter(value for _, value in given).items() if count > 1}
    if twice:
        evidence = [one.id for one, value in given if value in twice]
        yield _BENCH.failed(whole, "one request ID was given to several requests", evidence)
    elif given and not wrong:
        yield _BENCH.passed(whole, [one.id for one, _ in given])
    elif not wrong:
        reason = record.why_unseen(service.name) and why_not_driven(record, service.name)
        yield _BENCH.unproven(whole, reason or "no request without an ID was answered")


def _fault(system: System, request_id: RequestId, one: Exchange, value: str | None) -> str | None:
    name = request_id.headers[0]
    if value is None:
        return f"the answer has no {name}"
    if not request_id.well_formed(value):
        return f"the answer's {name} is not well-formed"
    case, answer = one.case, one.response
    if system.envelope is None or case is None or answer is None:
        return None
    form = system.envelope.form(answer.status)
    head = one.request is not None and one.request.method == "HEAD"
    if head or system.envelope.exemption(case.service, case.endpoint):
        return None
    try:
        told = member_value(form, Role.REQUEST_ID, parse(answer))
    except NotJson:
        return None
    if told is not None and told != value:
        return f"the body has another request ID than {name}"
    return None


RULE = Rule(
    code="RID002",
    title="A request without an ID gets a fresh one",
    why="Without it the first service of a chain leaves nothing to search the logs for.",
    source='Seed, "Add Request IDs for Tracing": `|| generateRequestId()`',
    judge=judge,
)
