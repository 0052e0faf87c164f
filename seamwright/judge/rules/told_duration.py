"""DUR001: the duration that an answer tells is not longer than the answer took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, bodiless, member_value, parse
from seamwright.judge.driven import by_endpoint, place_of, settled, why_not_driven
from seamwright.judge.rule import Bench, Rule
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.envelope import Envelope
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("DUR001", spans=True)
_SLACK_MS = 100.0
_SHARE = 1.1
"""Two clocks, rounding and a busy machine: what is told may be so much more than what was seen."""
_BROKEN = frozenset({Purpose.FAULT, Purpose.PROVOKED})
"""While something is broken, times say nothing of how they are told."""


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when an answer told its duration, and none more than it can have been.

    A service knows only its own part of the time that an answer takes: it may tell less.
    """
    envelope = system.envelope
    forms = (envelope.success, envelope.failure) if envelope else ()
    if envelope is None or not any(one.member(Role.DURATION) for one in forms):
        for service in system.services:
            place = place_of(service, None)
            yield _BENCH.unproven(place, "the contract says nothing of durations")
        return
    for service, endpoint, exchanges in by_endpoint(system, record):
        if envelope.exemption(service.name, endpoint.id if endpoint else None):
            continue
        place = place_of(service, endpoint)
        plausible: list[str] = []
        wrong = False
        for one in exchanges:
            told_ms = _told_ms(envelope, one)
            if told_ms is None:
                continue
            took_ms = (one.ended_s - one.began_s) * 1_000
            if told_ms > took_ms * _SHARE + _SLACK_MS:
                wrong = True
                said = f"the answer took {took_ms:.0f} ms, and tells a duration of {told_ms:g} ms"
                yield _BENCH.failed(place, said, [one.id], "a duration longer than the answer took")
            else:
                plausible.append(one.id)
        reason = "no answer of it told a duration" if exchanges else ""
        why = reason or why_not_driven(record, service.name)
        yield from settled(_BENCH, place, plausible, wrong=wrong, why=why)


def _told_ms(envelope: Envelope, one: Exchange) -> float | None:
    """The duration that an answer tells; None where it tells none, or one that is no number."""
    answer, case = one.response, one.case
    if answer is None or answer.truncated or bodiless(one, answer):
        return None
    if case is None or case.purpose in _BROKEN:
        return None
    try:
        told = member_value(envelope.form(answer.status), Role.DURATION, parse(answer))
    except NotJson:
        return None
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else None


RULE = Rule(
    code="DUR001",
    title="A duration that is told is not longer than the answer took",
    why="Who measures a service by its own word looks for time that was never spent.",
    source='Seed, "Define Service Contracts": meta.duration',
    judge=judge,
)
