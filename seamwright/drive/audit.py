"""One of each kind of drive, in this order, on a booted subject.

journey      every endpoint well, in the team's own words
bad          every endpoint badly, from the contract alone
generated    cases by Schemathesis
pact         consumer against mock, provider against pact
walk         things from their creation to their end, lists page by page, several at once
fault        one fault on one edge at a time, lifted whatever happens
provoked     every declared error code, by a request, a state or a fault
burst        every limited endpoint until it refuses; it comes last, since others are refused then
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import httpx

from seamwright.drive.burst import BurstDrive, drive_bursts
from seamwright.drive.cases.generated import generated_cases
from seamwright.drive.cases.step import Step
from seamwright.drive.cases.template import TemplateProblem
from seamwright.drive.faults.laid import laid
from seamwright.drive.http import Driver
from seamwright.drive.journey import Journey
from seamwright.drive.owner import OwnerDoors
from seamwright.drive.pact import PactDrive, drive_pact
from seamwright.drive.provocation import (
    ProvocationDrive,
    provoke_derived,
    provoke_own,
    until_recovered,
)
from seamwright.drive.walk import WalkDrive, drive_walks
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.conformance import Conformance
    from seamwright.drive.scenario import Scenario
    from seamwright.drive.subject.boot import Booted
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Headers

_STEADY_S = 10.0
_STEP_S = 0.02
_GENERATED = 60
"""Cases of one endpoint; the gate will have them all."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the drives are played: a contract, a booted subject, and what is given from outside.

    Attributes:
        system: the contract set.
        running: the booted subject.
        journal: where all that is seen goes.
        clock: monotonic seconds.
        say: tells progress.
        headers: sent with every request, names in lower case.
    """

    system: System
    running: Booted
    journal: Journal
    clock: Callable[[], float]
    say: Callable[[str], None]
    headers: Headers = ()

    def addresses(self) -> dict[str, str]:
        """Service → `host:port`, of those that the subject has."""
        boxes = self.running.deployment.plan.boxes
        return {one.name: boxes[one.name] for one in self.system.services if one.name in boxes}


async def drive_audit(
    stage: Stage, conformance: Conformance, scenarios: Sequence[Scenario], bad: Sequence[Case]
) -> None:
    """Play all drives; what they see goes into the journal."""
    system, addresses, say = stage.system, stage.addresses(), stage.say
    credentials = stage.running.credentials
    generating = asyncio.create_task(asyncio.to_thread(_generated, system, conformance))
    async with Driver(
        system, addresses, credentials, stage.journal, stage.clock, stage.headers
    ) as driver:
        journey = Journey(system, driver, say)
        await until_steady(system, addresses)
        say("driving every endpoint well")
        await journey.walk(whole_journey(system, conformance), Purpose.WELL, "well")
        say("driving every endpoint badly")
        for case in bad:
            await _send(driver, case)
        cases = await generating
        if cases:
            say(f"driving {len(cases)} generated cases")
        for case in cases:
            await _send(driver, case)
        for number, one in enumerate(conformance.interactions, 1):
            say(f"pact {one.consumer} → {one.provider}: {one.description}")
            with _told(say):
                await drive_pact(_pact_drive(stage, driver), one, journey.kept, number)
        await _walk(stage, conformance, driver, journey)
        for number, scenario in enumerate(scenarios, 1):
            say(f"chaos {scenario.name}")
            await _play(stage, scenario, f"fault-{number}", journey)
        await _provoke(stage, conformance, driver, journey)


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


async def _walk(stage: Stage, conformance: Conformance, driver: Driver, journey: Journey) -> None:
    """Things from their creation to their end, and lists page by page."""
    stage.say("walking from creation to deletion, and from page to page")
    drive = WalkDrive(stage.system, driver, stage.journal, stage.say, journey.kept)
    await drive_walks(drive, conformance)


async def _provoke(
    stage: Stage, conformance: Conformance, driver: Driver, journey: Journey
) -> None:
    """Every declared error code; the bursts last, while what was broken recovers."""
    deployment = stage.running.deployment
    drive = ProvocationDrive(
        stage.system,
        deployment.plan,
        deployment.proxies,
        driver,
        journey,
        OwnerDoors(deployment.plan.boxes, stage.running.doors),
        stage.journal,
        stage.clock,
        stage.say,
    )
    stage.say("provoking what the contract alone tells")
    await provoke_derived(drive, conformance, frozenset(stage.running.credentials))
    probes = await provoke_own(drive, conformance)
    stage.say("asking until it is too much")
    bursts = BurstDrive(stage.system, driver, stage.journal, stage.say, journey.kept)
    await drive_bursts(bursts, conformance)
    await until_recovered(drive, probes)


async def _send(driver: Driver, case: Case) -> None:
    if driver.reaches(case.label.service):
        await driver.send(case)


def whole_journey(system: System, conformance: Conformance) -> list[Step]:
    """The team's journey, and what it leaves out and the contract alone can ask."""
    walked = {(one.service, one.endpoint) for one in conformance.journey}
    rest = [
        Step(service.name, endpoint.id)
        for service in system.services
        for endpoint in service.endpoints
        if (service.name, endpoint.id) not in walked
        and endpoint.method == "GET"
        and not endpoint.parameters
        and (endpoint.query is None or not endpoint.query.model_json_schema().get("required"))
    ]
    return [*conformance.journey, *rest]


def _generated(system: System, conformance: Conformance) -> list[Case]:
    """The generated cases of the endpoints that the team names."""
    cases: list[Case] = []
    for name in conformance.generated:
        service_name, _, endpoint_id = name.partition(" ")
        service = system.service(service_name)
        endpoint = service.endpoint(endpoint_id) if service else None
        if service is None or endpoint is None:
            raise TemplateProblem(
                expected="`service METHOD /path/template` of the contract set",
                seen=repr(name),
                where="conformance: generated",
                mend="write the endpoint as the contract does",
            )
        cases += generated_cases(system, service, endpoint, _GENERATED)
    return cases


async def until_steady(system: System, addresses: Mapping[str, str]) -> None:
    """Wait until every service says that it is at its best; go on after ten seconds all the same.

    Whoever is still unwell then is found so by the drives.
    """
    asked = [
        (f"http://{addresses[one.name]}{one.health.path}", one.health.statuses[0])
        for one in system.services
        if one.health and one.name in addresses
    ]
    async with httpx.AsyncClient(timeout=_STEADY_S, trust_env=False) as client:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STEADY_S):
                for url, best in asked:
                    while not await _is(client, url, best):
                        await asyncio.sleep(_STEP_S)


async def _is(client: httpx.AsyncClient, url: str, status: str) -> bool:
    try:
        body: object = (await client.get(url)).json()
    except (httpx.HTTPError, ValueError, RecursionError):
        return False
    return isinstance(body, dict) and cast("dict[str, object]", body).get("status") == status


@contextlib.contextmanager
def _told(say: Callable[[str], None]) -> Generator[None]:
    """A drive that lacks a value is told and left out; the others go on."""
    try:
        yield
    except TemplateProblem as problem:
        say(f"left out {problem.where}: {problem.seen} was not kept")
