"""ERR001: every status and error code is a declared one, and `retryable` is the catalogue's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, bodiless, member_value, parse
from seamwright.judge.driven import by_endpoint, place_of, why_not_driven
from seamwright.judge.rule import Bench, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.envelope import Form
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Response

_BENCH = Bench("ERR001")
_FIRST_ERROR = 400


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a failure with a code was seen, and all answers were declared ones.

    A failure without a code where the envelope has it is ENV001's business: one fault, one finding.
    """
    envelope = system.envelope
    if envelope is None or envelope.failure.member(Role.CODE) is None or not system.errors:
        reason = "the contract declares no error codes, or no place for them"
        for service, endpoint, _ in by_endpoint(system, record):
            yield _BENCH.unproven(place_of(service, endpoint), reason)
        return
    for service, endpoint, exchanges in by_endpoint(system, record):
        if envelope.exemption(service.name, endpoint.id if endpoint else None):
            continue
        yield from _endpoint(system, envelope.failure, service, endpoint, exchanges, record)


def _endpoint(
    system: System,
    form: Form,
    service: Service,
    endpoint: Endpoint | None,
    exchanges: tuple[Exchange, ...],
    record: Record,
) -> Iterator[Verdict]:
    place = place_of(service, endpoint)
    failures: list[str] = []
    wrong = False
    for one in exchanges:
        answer = one.response
        if answer is None or answer.truncated:
            continue
        if endpoint is not None and endpoint.answer(answer.status) is not None:
            continue
        if answer.status >= _FIRST_ERROR:
            told = _told(form, one, answer)
            if told is None:
                continue
            failures.append(one.id)
            fault = _failure(system, form, endpoint, answer, told)
        else:
            fault = _success(endpoint, answer)
        if fault:
            wrong = True
            yield _BENCH.failed(place, fault, [one.id])
    if wrong:
        return
    if failures:
        yield _BENCH.passed(place, failures)
    else:
        reason = "no failure with an error code was seen" if exchanges else ""
        yield _BENCH.unproven(place, reason or why_not_driven(record, service.name))


def _success(endpoint: Endpoint | None, answer: Response) -> str | None:
    if endpoint is None or answer.status == endpoint.status:
        return None
    return f"the status of a success is {answer.status}, not {endpoint.status}"


def _told(form: Form, one: Exchange, answer: Response) -> tuple[str, object] | None:
    """The error code of a failure and the body around it, where it has one."""
    if bodiless(one, answer):
        return None
    try:
        body = parse(answer)
    except NotJson:
        return None
    code = member_value(form, Role.CODE, body)
    return (code, body) if isinstance(code, str) else None


def _failure(
    system: System,
    form: Form,
    endpoint: Endpoint | None,
    answer: Response,
    told: tuple[str, object],
) -> str | None:
    code, body = told
    known = system.error(code)
    if known is None:
        return f"{answer.status} with the error code {code[:60]!r}, which the catalogue lacks"
    if known not in system.codes(endpoint):
        return f"{answer.status} {code}, which this endpoint does not declare"
    if answer.status != known.status:
        return f"{code} with the status {answer.status}, not {known.status}"
    retryable = member_value(form, Role.RETRYABLE, body)
    if isinstance(retryable, bool) and retryable is not known.retryable:
        return f"{code} with another `retryable` than the catalogue's"
    return None


RULE = Rule(
    code="ERR001",
    title="Every status and error code is a declared one",
    why="A caller retries or gives up by the code; one that nobody declared is handled by nobody.",
    source='Seed, "Document All Endpoints": error codes with retryable',
    judge=judge,
)
