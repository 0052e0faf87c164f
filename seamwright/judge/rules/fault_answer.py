"""FLT001: while an edge is broken, its caller still answers: in time, as declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, member_value, parse
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.edge import Edge
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, FaultSpan

_BENCH = Bench("FLT001")
_FIRST_ERROR = 400
_SLACK_S = 1.0


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A request under a fault passes when its answer came in time and was a declared one.

    It must also be seen to have met the fault: a failed attempt on the edge meanwhile. In time
    means within the edge's own deadline and one second, since a caller may not wait longer for it.
    """
    for span in record.faults:
        edge = system.edge(span.edge)
        if edge is None:
            continue
        driven = [one for one in record.driven() if _under(span, one)]
        if driven and all(map(_is_provoked, driven)):
            continue
        if not driven:
            place = Place(edge.caller, aspect=f"{edge.name} {span.fault}")
            yield _BENCH.unproven(place, "no request was sent while the fault lay")
        for one in driven:
            yield _request(system, record, span, edge, one)


def _is_provoked(one: Exchange) -> bool:
    """Whether a request was only to bring an error code about, which ERR002 judges."""
    return one.case is not None and one.case.purpose is Purpose.PROVOKED


def _under(span: FaultSpan, one: Exchange) -> bool:
    return span.laid_s <= one.began_s and one.ended_s <= span.until_s


def _request(system: System, record: Record, span: FaultSpan, edge: Edge, one: Exchange) -> Verdict:
    endpoint = (one.case.endpoint if one.case else None) or ""
    place = Place(
        one.case.service if one.case else edge.caller, endpoint, f"{edge.name} {span.fault}"
    )
    attempts = [
        each.id
        for each in record.on(edge.name)
        if each.failure and one.began_s <= each.began_s <= one.ended_s
    ]
    if not attempts:
        reason = f"the request did not come across the fault on {edge.name}"
        return _BENCH.unproven(place, reason, [one.id])
    evidence = [one.id, *attempts, span.id]
    within_s = edge.deadline_ms / 1_000 + _SLACK_S
    if one.response is None:
        said = f"while {edge.name} was {span.fault}, the request got no answer: {one.failure}"
        return _BENCH.failed(place, said, evidence, "no answer under a fault")
    if one.ended_s - one.began_s > within_s:
        said = f"while {edge.name} was {span.fault}, the answer took more than {within_s:g} s"
        return _BENCH.failed(place, said, evidence)
    fault = _undeclared(system, one)
    if fault:
        return _BENCH.failed(place, f"while {edge.name} was {span.fault}: {fault}", evidence)
    return _BENCH.passed(place, evidence)


def _undeclared(system: System, one: Exchange) -> str | None:
    """What is wrong with an answer; None for a success or a declared, retryable error."""
    answer, case = one.response, one.case
    if answer is None or case is None or answer.status < _FIRST_ERROR:
        return None
    service = system.service(case.service)
    endpoint = service.endpoint(case.endpoint or "") if service else None
    form = system.envelope.failure if system.envelope else None
    if form is None or form.member(Role.CODE) is None:
        statuses = {one.status for one in system.codes(endpoint) if one.retryable}
        told = f"{answer.status}, which is no retryable error that the endpoint declares"
        return None if answer.status in statuses else told
    try:
        code = member_value(form, Role.CODE, parse(answer))
    except NotJson as error:
        return f"{answer.status}: {error}"
    declared = [one for one in system.codes(endpoint) if one.code == code]
    if not declared:
        return f"{answer.status} with no error code that the endpoint declares"
    if not declared[0].retryable:
        return f"{declared[0].code}, which says that trying again is of no use"
    return None


RULE = Rule(
    code="FLT001",
    title="A caller still answers while its callee is cut off",
    why="A failure that spreads to callers takes the whole system down with one part.",
    source='Seed, "Failure Recovery"',
    judge=judge,
    reach=Reach.WHOLE,
)
