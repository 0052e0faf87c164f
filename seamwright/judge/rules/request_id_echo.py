"""RID001: a well-formed request ID comes back, in the header and in the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, bodiless, member_value, parse
from seamwright.judge.driven import by_endpoint, place_of, why_not_driven
from seamwright.judge.rule import Bench, Rule
from seamwright.record.observation import Purpose, header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.request_id import RequestId
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("RID001", spans=True)


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when it was sent an ID, and every answer carried it.

    A body without the ID where the envelope has it is ENV001's business: one fault, one finding.
    """
    for service, endpoint, exchanges in by_endpoint(system, record):
        if endpoint is None:
            continue
        place = place_of(service, endpoint)
        if system.request_id is None:
            yield _BENCH.unproven(place, "the contract declares no request ID")
            continue
        # Of raw requests CON001 says whether each got its own answer.
        sent = [
            one
            for one in exchanges
            if one.case and one.case.request_id and one.response
            if one.case.purpose is not Purpose.RAW
        ]
        if not sent:
            reason = "no request with an ID was answered" if exchanges else ""
            yield _BENCH.unproven(place, reason or why_not_driven(record, service.name))
            continue
        faults = [(one, fault) for one in sent if (fault := _fault(system, system.request_id, one))]
        for one, fault in faults:
            yield _BENCH.failed(place, fault, [one.id])
        if not faults:
            yield _BENCH.passed(place, [one.id for one in sent])


def _fault(system: System, request_id: RequestId, one: Exchange) -> str | None:
    answer, case = one.response, one.case
    if answer is None or case is None:  # pragma: no cover - `sent` has only those
        return None
    echoed = [header(answer.headers, name) for name in request_id.headers]
    if case.request_id not in echoed:
        absent = all(value is None for value in echoed)
        name = request_id.headers[0]
        return f"the answer has {f'no {name}' if absent else f'another {name} than the request'}"
    if system.envelope is None or system.envelope.exemption(case.service, case.endpoint):
        return None
    form = system.envelope.form(answer.status)
    member = form.member(Role.REQUEST_ID)
    if member is None or answer.truncated or bodiless(one, answer):
        return None
    try:
        told = member_value(form, Role.REQUEST_ID, parse(answer))
    except NotJson:
        return None
    if told is not None and told != case.request_id:
        return f"the body has another request ID at {member.at} than the header"
    return None


RULE = Rule(
    code="RID001",
    title="A request ID comes back in header and body",
    why="Whoever reports an error quotes the ID of the answer; it must be the one in the logs.",
    source='Seed, "Add Request IDs for Tracing"',
    judge=judge,
)
