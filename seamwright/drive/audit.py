"""One of each kind of drive, in this order, on a booted subject.

answers      what a gate drives of it: well, badly, misused, by generated requests
pact         consumer against mock, provider against pact
walk         things from their creation to their end, lists page by page, several at once
fault        one fault on one edge at a time, lifted whatever happens
provoked     every declared error code, by a request, a state or a fault
burst        every limited endpoint until it refuses; all others would be refused with it
rest         of the generated requests: by then nothing is refused any more
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from seamwright.drive.cases.template import TemplateProblem
from seamwright.drive.faults.laid import laid
from seamwright.drive.gate import drive_answers, drive_codes, drive_life, drive_rest
from seamwright.drive.journey import Journey
from seamwright.drive.pact import PactDrive, drive_pact
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from seamwright.drive.gate import GatePlan
    from seamwright.drive.http import Driver
    from seamwright.drive.scenario import Scenario
    from seamwright.drive.stage import Stage


async def drive_audit(
    stage: Stage, driver: Driver, plan: GatePlan, scenarios: Sequence[Scenario]
) -> None:
    """Play all drives; what they see goes into the journal."""
    say, conformance = stage.say, plan.conformance
    journey = Journey(stage.system, driver, say)
    generated = await drive_answers(stage, driver, journey, plan)
    for number, one in enumerate(conformance.interactions, 1):
        say(f"pact {one.consumer} → {one.provider}: {one.description}")
        with _told(say):
            await drive_pact(_pact_drive(stage, driver), one, journey.kept, number)
    await drive_life(stage, driver, journey, conformance)
    for number, scenario in enumerate(scenarios, 1):
        say(f"chaos {scenario.name}")
        await _play(stage, scenario, f"fault-{number}", journey)
    await drive_codes(stage, driver, journey, conformance)
    await drive_rest(stage, generated)


def _pact_drive(stage: Stage, driver: Driver) -> PactDrive:
    deployment = stage.running.deployment
    return PactDrive(
        stage.system,
        deployment.plan,
        deployment.proxies,
        driver,
        stage.journal,
        dict(stage.running.credentials),
        stage.journal.folder / "pacts",
    )


async def _play(stage: Stage, scenario: Scenario, id_: str, journey: Journey) -> None:
    deployment = stage.running.deployment
    if deployment.plan.edge(scenario.edge) is None:
        stage.say(f"left out {scenario.name}: {scenario.edge} cannot be broken from here")
        return
    await journey.walk(scenario.before, Purpose.STATE, f"before {scenario.name}")
    proxies = deployment.proxies
    with laid(scenario.fault, scenario.edge, proxies, stage.journal, stage.clock, id_):
        await journey.walk(scenario.during, Purpose.FAULT, scenario.name)


@contextlib.contextmanager
def _told(say: Callable[[str], None]) -> Generator[None]:
    """A drive that lacks a value is told and left out; the others go on."""
    try:
        yield
    except TemplateProblem as problem:
        say(f"left out {problem.where}: {problem.seen} was not kept")
