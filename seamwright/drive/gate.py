"""What a gate drives: the answers of services, and nothing around them.

journey      every endpoint well, in the team's own words, and what the contract alone can ask
bad          every endpoint badly, from the contract alone
misuse       what is wrong before anyone reads what a request says, also raw bytes
found        what a search kept, all of it
generated    a corpus: a few requests of each endpoint, then the next few, as long as they teach
             of limited endpoints half of what is let in; the rest goes when the bursts are over
walk         things from their creation to their end, lists page by page, several at once
provoked     every declared error code, by a request, a state or a fault
burst        every limited endpoint until it refuses; all others would be refused with it
rest         of the generated requests: by then nothing is refused any more
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from seamwright.drive.burst import BurstDrive, drive_bursts
from seamwright.drive.cases.generated import Amount, generated_case
from seamwright.drive.journey import Journey
from seamwright.drive.misuse import drive_misuse
from seamwright.drive.nowhere import demand_endpoints
from seamwright.drive.owner import OwnerDoors
from seamwright.drive.provocation import (
    ProvocationDrive,
    provoke_derived,
    provoke_own,
    until_recovered,
)
from seamwright.drive.replay import Budget, Replay, ReplayDrive
from seamwright.drive.stage import until_steady, whole_journey
from seamwright.drive.walk import WalkDrive, drive_walks
from seamwright.record.observation import Purpose, Unseen

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.conformance import Conformance
    from seamwright.drive.corpus.corpus import Corpus, Place
    from seamwright.drive.corpus.found import Found
    from seamwright.drive.http import Driver
    from seamwright.drive.stage import Stage

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""

_SHARES = 2
"""How many times its part of the budget an endpoint may get, as others are left alone early."""


@dataclass(frozen=True, slots=True)
class GateBudget:
    """How much a gate sends.

    Attributes:
        generated: how much of the corpus.
        safe_only: whether only methods that change nothing are sent.
        made: how much of the corpus is made, and from which seed.
        is_sought: whether a service may have its endpoints elsewhere, as its document was imported.
    """

    generated: Budget = field(default_factory=Budget)
    safe_only: bool = False
    made: Amount = field(default_factory=Amount)
    is_sought: bool = False

    def amount(self, system: System) -> Amount:
        """What is made of a contract: no more than there is ever a turn for."""
        count = sum(len(one.endpoints) for one in system.services)
        if self.generated.patience is None or count == 0:
            return self.made
        return replace(self.made, enough=max(1, _SHARES * self.generated.cases // count))

    def lets(self, method: str) -> bool:
        """Whether requests with a method may be sent."""
        return method in SAFE or not self.safe_only


@dataclass(frozen=True, slots=True)
class GatePlan:
    """What a gate sends.

    Attributes:
        conformance: the team's words.
        bad: what must be refused, from the contract alone.
        corpus: the generated requests, while they may still be being made.
        budget: how much of it.
        found: requests that a search kept; all of them are sent, whatever the budget.
    """

    conformance: Conformance
    bad: Sequence[Case]
    corpus: asyncio.Task[Corpus]
    budget: GateBudget
    found: tuple[Found, ...] = ()


async def drive_gate(stage: Stage, driver: Driver, plan: GatePlan) -> None:
    """Play the drives of a gate; what they see goes into the journal."""
    journey = Journey(stage.system, driver, stage.say)
    generated = await drive_answers(stage, driver, journey, plan)
    if not plan.budget.safe_only:
        await drive_life(stage, driver, journey, plan.conformance)
        await drive_codes(stage, driver, journey, plan.conformance)
    await drive_rest(stage, generated)


async def drive_answers(stage: Stage, driver: Driver, journey: Journey, plan: GatePlan) -> Replay:
    """Every endpoint well, badly, misused, and by generated requests; their rest is still to go."""
    system, say = stage.system, stage.say
    await until_steady(system, stage.addresses())
    say("driving every endpoint well")
    seen = await journey.walk(whole_journey(system, plan.conformance), Purpose.WELL, "well")
    say("driving every endpoint badly")
    seen += await driver.send_all(one for one in plan.bad if plan.budget.lets(one.method))
    if plan.budget.is_sought:
        await demand_endpoints(driver, seen)
    await drive_misuse(stage, driver, plan.budget.lets, safe_only=plan.budget.safe_only)
    drive = ReplayDrive(driver, stage.journal, stage.clock, say)
    await drive_found(drive, system, plan)
    cases = corpus_cases(system, await plan.corpus, plan.budget)
    say(f"driving up to {sum(map(len, cases.values()))} generated requests")
    generated = Replay(drive, cases, plan.budget.generated)
    await generated.go(_shares(system, driver))
    return generated


async def drive_rest(stage: Stage, generated: Replay) -> None:
    """What of the generated requests is left."""
    await generated.go()
    stage.say(f"drove {generated.end()} generated requests")


def _shares(system: System, driver: Driver) -> dict[Place, int]:
    """Half of what limited endpoints let in within a window, less what they have got already.

    Else whoever comes next would be refused, and all would wait until the window is over: once
    here, and once more after the bursts.
    """
    return {
        (service.name, endpoint.id): max(
            0, endpoint.rate_limit.limit // 2 - driver.sent[service.name, endpoint.id]
        )
        for service in system.services
        for endpoint in service.endpoints
        if endpoint.rate_limit is not None
    }


async def drive_found(drive: ReplayDrive, system: System, plan: GatePlan) -> None:
    """What a search kept, all of it."""
    cases = found_cases(system, plan.found, plan.budget)
    count = sum(map(len, cases.values()))
    if count:
        drive.say(f"driving {count} requests that a search kept")
        found = Replay(drive, cases, Budget(cases=count, patience=None))
        await found.go()
        found.end()
    if count < len(plan.found):
        said = f"{len(plan.found) - count} requests left out: of endpoints that are gone, or unsafe"
        drive.journal.append(Unseen("requests that a search kept", said))
        drive.say(f"requests that a search kept: {said}")


async def drive_life(
    stage: Stage, driver: Driver, journey: Journey, conformance: Conformance
) -> None:
    """Things from their creation to their end, and lists page by page."""
    stage.say("walking from creation to deletion, and from page to page")
    drive = WalkDrive(stage.system, driver, stage.journal, stage.say, journey.kept)
    await drive_walks(drive, conformance)


async def drive_codes(
    stage: Stage, driver: Driver, journey: Journey, conformance: Conformance
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


def corpus_cases(system: System, corpus: Corpus, budget: GateBudget) -> dict[Place, Sequence[Case]]:
    """The cases of a corpus by endpoint, as far as they may be sent."""
    cases: dict[Place, Sequence[Case]] = {}
    for (name, id_), requests in corpus.requests.items():
        service = system.service(name)
        if service is None:
            continue
        made = (generated_case(service, id_, one, at) for at, one in enumerate(requests, 1))
        cases[name, id_] = [one for one in made if budget.lets(one.method)]
    return cases


def found_cases(
    system: System, found: Sequence[Found], budget: GateBudget
) -> dict[Place, list[Case]]:
    """The cases of what was found by endpoint, as far as they may be sent."""
    cases: dict[Place, list[Case]] = {}
    for number, one in enumerate(found, 1):
        service = system.service(one.service)
        if service is None or service.endpoint(one.endpoint) is None:
            continue
        case = generated_case(service, one.endpoint, one.request, number)
        if budget.lets(case.method):
            label = replace(case.label, id=f"found-{number}", reason=f"found: {one.showed}")
            place = one.service, one.endpoint
            cases.setdefault(place, []).append(replace(case, label=label))
    return cases
