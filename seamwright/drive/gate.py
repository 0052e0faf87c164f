"""What a gate drives: the answers of services, and nothing around them.

journey      every endpoint well, in the team's own words, and what the contract alone can ask
bad          every endpoint badly, from the contract alone
generated    cases by Schemathesis: a round of one for each endpoint, then the next, up to a budget
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from seamwright.drive.audit import until_steady, whole_journey
from seamwright.drive.cases.generated import generated_cases
from seamwright.drive.http import Driver
from seamwright.drive.journey import Journey
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seamwright.contract.system import System
    from seamwright.drive.audit import Stage
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.conformance import Conformance

_MOST_OF_ONE = 60
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""


@dataclass(frozen=True, slots=True)
class GateBudget:
    """How much a gate sends.

    Attributes:
        cases: generated cases, of all services together.
        safe_only: whether only methods that change nothing are sent.
    """

    cases: int = 2_000
    safe_only: bool = False


async def drive_gate(
    stage: Stage, conformance: Conformance, bad: Sequence[Case], budget: GateBudget
) -> None:
    """Play the drives of a gate; what they see goes into the journal."""
    system, addresses, say = stage.system, stage.addresses(), stage.say
    making = asyncio.create_task(asyncio.to_thread(gate_cases, system, budget))
    async with Driver(
        system, addresses, stage.running.credentials, stage.journal, stage.clock, stage.headers
    ) as driver:
        await until_steady(system, addresses)
        say("driving every endpoint well")
        journey = Journey(system, driver, say)
        await journey.walk(whole_journey(system, conformance), Purpose.WELL, "well")
        say("driving every endpoint badly")
        await _send_all(driver, (one for one in bad if _is_let(one, budget)))
        cases = await making
        say(f"driving {len(cases)} generated cases")
        await _send_all(driver, cases)


def gate_cases(system: System, budget: GateBudget) -> list[Case]:
    """The generated cases of all endpoints, breadth first, as many as the budget has."""
    endpoints = [
        (service, one)
        for service in system.services
        for one in service.endpoints
        if one.method in _SAFE or not budget.safe_only
    ]
    each = max(1, min(_MOST_OF_ONE, -(-budget.cases // max(1, len(endpoints)))))
    made = [generated_cases(system, service, one, each) for service, one in endpoints]
    rounds = chain.from_iterable(zip_longest(*made))
    let = (one for one in rounds if one is not None and _is_let(one, budget))
    return list(islice(let, budget.cases))


def _is_let(case: Case, budget: GateBudget) -> bool:
    return case.method in _SAFE or not budget.safe_only


async def _send_all(driver: Driver, cases: Iterable[Case]) -> None:
    for one in cases:
        if driver.reaches(one.label.service):
            await driver.send(one)
