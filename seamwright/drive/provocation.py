"""Brings error codes about, one after the other, and leaves the subject as it was.

    derived     what the contract alone tells
    own         states and faults in the team's words; what is broken in the same way, together
    recovered   whatever was broken is asked until it does well again

Whatever could not be played is told, and said in the record.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from seamwright.drive.cases.case import step_case
from seamwright.drive.cases.derived import derived_cases
from seamwright.drive.cases.provocation import OwnerStep
from seamwright.drive.cases.template import TemplateProblem
from seamwright.drive.faults.laid import laid
from seamwright.drive.faults.misled import Misled
from seamwright.drive.retry_after import retry_after_s
from seamwright.drive.subject.address import port_of
from seamwright.record.observation import Purpose, Unseen, told_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.conformance import Conformance
    from seamwright.drive.cases.provocation import Preparation, Provocation
    from seamwright.drive.cases.step import Step
    from seamwright.drive.edges.proxy import Proxies
    from seamwright.drive.faults.fault import Fault
    from seamwright.drive.http import Driver
    from seamwright.drive.journey import Journey
    from seamwright.drive.owner import OwnerDoors
    from seamwright.drive.subject.address import Plan
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Exchange, Response

_AT_ONCE = 8
_PATIENCE_S = 15.0
"""The longest Retry-After that is obeyed; a service that asks for more is left alone."""

_RECOVERY_S = 45.0
_FIRST_PROBE_S, _LAST_PROBE_S = 0.02, 1.0
_FIRST_ERROR = 400
_PAUSES_S = (0.0, 0.02, 0.2)
"""Between attempts to bring a state about."""


@dataclass(frozen=True, slots=True)
class ProvocationDrive:
    """What provoking needs to know."""

    system: System
    plan: Plan
    proxies: Proxies
    driver: Driver
    journey: Journey
    doors: OwnerDoors
    journal: Journal
    clock: Callable[[], float]
    say: Callable[[str], None]


async def provoke_derived(
    drive: ProvocationDrive, conformance: Conformance, known: frozenset[str]
) -> None:
    """Ask what the contract alone says must be refused; `known` are the credentials at hand."""
    turn = asyncio.Semaphore(_AT_ONCE)
    cases = derived_cases(drive.system, conformance, drive.journey.kept, known)
    await asyncio.gather(
        *(_patiently(drive, one, turn) for one in cases if drive.driver.reaches(one.label.service))
    )


async def provoke_own(drive: ProvocationDrive, conformance: Conformance) -> list[Step]:
    """Play the team's own; what is left to be asked until the subject has recovered.

    A code that nothing may bring about is said in the record, with the reason.
    """
    for one in conformance.unprovoked:
        place = told_code(one.service, one.endpoint, one.code)
        drive.journal.append(Unseen(place, one.reason))
    probes: list[Step] = []
    number = 0
    for breaks, group in groupby(conformance.provocations, key=lambda one: one.breaks):
        played = [one for one in group if _can_be_played(drive, one)]
        if not played:
            continue
        number += 1
        if breaks == ("", ""):
            for one in played:
                await _play(drive, [one], "")
        else:
            drive.say(f"provoking {len(played)} codes: {breaks[0]} {breaks[1]}")
            # What does not do well before is not waited for afterwards.
            told = [one.recovered for one in played if one.recovered][:1]
            probes += [one for one in told if _did_well(await _probe(drive, one))]
            await _play(drive, played, f"provoked-{number}")
    return probes


async def until_recovered(drive: ProvocationDrive, probes: Iterable[Step]) -> None:
    """Ask each probe until it succeeds; go on after some time all the same, and say so."""
    await asyncio.gather(*(_recovered(drive, one) for one in probes))


def _can_be_played(drive: ProvocationDrive, one: Provocation) -> bool:
    if not drive.driver.reaches(one.request.service):
        return False
    if one.edge and drive.plan.edge(one.edge) is None:
        _left_out(drive, one, f"{one.edge} cannot be broken from here")
        return False
    return True


async def _play(drive: ProvocationDrive, group: list[Provocation], id_: str) -> None:
    """Prepare, break, ask, mend and put right."""
    ready: list[tuple[Provocation, Case]] = []
    turn = asyncio.Semaphore(_AT_ONCE)
    try:
        for number, one in enumerate(group, 1):
            why = await _prepare(drive, one.before, f"before {one.code}")
            case = _case(drive, one, f"{id_ or 'state'}-{one.code}-{number}")
            if why or case is None:
                _left_out(drive, one, why or "a value that it needs was not kept")
            else:
                ready.append((one, case))
        with _broken(drive, group[0], id_):
            await asyncio.gather(*(_patiently(drive, case, turn) for _, case in ready))
    finally:
        for one in group:
            why = await _prepare(drive, one.after, f"after {one.code}")
            if why:
                drive.say(f"not put right after {one.code}: {why}")


def _case(drive: ProvocationDrive, one: Provocation, id_: str) -> Case | None:
    place = told_code(one.request.service, one.request.endpoint, id_)
    unique = "".join(each if each.isalnum() else "-" for each in place)
    reason = f"{one.code}: {one.edge or 'a state'} {one.breaks[1]}".rstrip()
    try:
        return step_case(
            drive.system, one.request, drive.journey.kept, unique, Purpose.PROVOKED, reason
        )
    except TemplateProblem:
        return None


def _broken(drive: ProvocationDrive, one: Provocation, id_: str) -> AbstractContextManager[object]:
    """The fault, laid for the length of a block; nothing where nothing is to be broken."""
    edge = drive.plan.edge(one.edge)
    fault: Fault | None = one.fault
    if edge is not None and one.leads_to in drive.plan.boxes:
        fault = Misled(port_of(drive.plan.boxes[one.leads_to]), edge.callee)
    if edge is None or fault is None:
        return nullcontext()
    return laid(fault, edge.edge, drive.proxies, drive.journal, drive.clock, id_)


async def _prepare(drive: ProvocationDrive, steps: Preparation, reason: str) -> str:
    """Bring a state about; why it could not be, or ""."""
    for step in steps:
        if isinstance(step, OwnerStep):
            try:
                why = await drive.doors.ask(step, drive.journey.kept)
            except TemplateProblem as problem:
                why = f"{problem.seen} was not kept"
            if why:
                return why
            continue
        why = await _well(drive, step, reason)
        if why:
            return why
    return ""


async def _well(drive: ProvocationDrive, step: Step, reason: str) -> str:
    """Send a step until it succeeds, a few times at most; why it did not, or "".

    A fault that was lifted a moment ago may still show in a connection that was kept.
    """
    said = ""
    for pause_s in _PAUSES_S:
        await asyncio.sleep(pause_s)
        made = await drive.journey.walk([step], Purpose.STATE, reason)
        if not made:
            return f"{step.service} {step.endpoint} {reason}: it could not be made"
        answer = made[0].response
        if _did_well(answer):
            return ""
        said = str(answer.status) if answer else "no answer"
        await asyncio.sleep(min(retry_after_s(answer) or 0.0, _PATIENCE_S))
    return f"{step.service} {step.endpoint} {reason}: {said}"


async def _patiently(drive: ProvocationDrive, case: Case, turn: asyncio.Semaphore) -> Exchange:
    """Send a case; where it is refused as one too many, wait as told and send it once more."""
    async with turn:
        exchange = await drive.driver.send(case)
    wanted = case.label.reason.partition(":")[0]
    code = drive.system.error(wanted)
    wait_s = retry_after_s(exchange.response)
    meant = code is not None and exchange.response and code.status == exchange.response.status
    if meant or wait_s is None or wait_s > _PATIENCE_S:
        return exchange
    await asyncio.sleep(wait_s)
    label = replace(case.label, id=f"{case.label.id}-again")
    async with turn:
        return await drive.driver.send(replace(case, label=label))


async def _recovered(drive: ProvocationDrive, probe: Step) -> None:
    until_s = drive.clock() + _RECOVERY_S
    pause_s = _FIRST_PROBE_S
    while drive.clock() < until_s:
        answer = await _probe(drive, probe)
        if _did_well(answer):
            return
        await asyncio.sleep(max(pause_s, retry_after_s(answer) or 0.0))
        pause_s = min(pause_s * 2, _LAST_PROBE_S)
    drive.say(f"{probe.service} {probe.endpoint} has not recovered within {_RECOVERY_S:g} s")


async def _probe(drive: ProvocationDrive, probe: Step) -> Response | None:
    """The answer to a probe."""
    made = await drive.journey.walk([probe], Purpose.STATE, "whether it does well")
    return made[0].response if made else None


def _did_well(answer: Response | None) -> bool:
    return answer is not None and answer.status < _FIRST_ERROR


def _left_out(drive: ProvocationDrive, one: Provocation, why: str) -> None:
    place = told_code(one.request.service, one.request.endpoint, one.code)
    drive.say(f"not provoked: {place}: {why}")
    drive.journal.append(Unseen(place, why))
