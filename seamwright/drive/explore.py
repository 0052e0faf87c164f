"""What `explore` drives: what a gate sends, so that its behaviours are known; then a search.

gate's drives ─▶ every answer is looked at ─▶ known ─▶ search, as long as there is time
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.drive.corpus.found import kept_request
from seamwright.drive.corpus.fresh import Fresh
from seamwright.drive.gate import drive_answers
from seamwright.drive.http import Driver
from seamwright.drive.journey import Journey
from seamwright.drive.search import SearchDrive, search, whole
from seamwright.record.journal import NoLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.drive.cases.case import Case
    from seamwright.drive.corpus.found import Found
    from seamwright.drive.gate import GatePlan
    from seamwright.drive.knowledge import Knowledge
    from seamwright.drive.stage import Stage
    from seamwright.record.observation import Exchange

_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a search goes on.

    Attributes:
        seconds: of searching; what a gate sends comes before.
        requests: of searching; None of no bound.
        seed: of what is drawn.
    """

    seconds: float
    requests: int | None
    seed: int


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who is told of what happens.

    Attributes:
        kept: of each request that was kept.
        now: now and then of the seconds that are left.
    """

    kept: Callable[[Found], None]
    now: Callable[[float], None]


class _Watched(Driver):
    """A driver whose every exchange is shown to somebody."""

    watch: Callable[[Case, Exchange], None] | None = None

    async def send(self, case: Case, *, patient: bool = False) -> Exchange:
        exchange = await super().send(case, patient=patient)
        if self.watch is not None:
            self.watch(case, exchange)
        return exchange


async def explore(
    stage: Stage,
    plan: GatePlan,
    known: Knowledge,
    bounds: Bounds,
    told: tuple[Callable[[int], int], Watchers],
) -> None:
    """Explore a subject that is up; what is found goes into `known` as it is found.

    Args:
        stage: where.
        plan: what a gate would send.
        known: what is known; it is to be read also when this is cut short.
        bounds: how long it goes on.
        told: chance, and who is told.
    """
    draw, watchers = told
    system = stage.system
    addresses = stage.addresses()
    places = [
        (service.name, one.id)
        for service in system.services
        if service.name in addresses
        for one in service.endpoints
        if plan.budget.lets(one.method)
    ]
    driver = _Watched(
        *(system, addresses, stage.running.credentials, NoLines(), stage.clock, stage.headers)
    )
    async with driver, Fresh(system, places, bounds.seed) as fresh:
        own = system.request_id.headers if system.request_id else ()
        driver.watch = lambda case, exchange: _learn(known, case, exchange, own)
        await drive_answers(stage, driver, Journey(system, driver, stage.say), plan)
        driver.watch = None
        known.before = known.behaviours
        for place in places:
            known.at(place).is_closed = True
        stage.say(f"searching for more than {known.before} behaviours")
        ends_s = stage.clock() + bounds.seconds
        drive = SearchDrive(
            system,
            driver,
            draw,
            stage.clock,
            watchers.kept,
            lambda: watchers.now(ends_s - stage.clock()),
            plan.budget.lets,
        )
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(bounds.seconds):
                await search(drive, known, fresh, bounds.requests)


def _learn(known: Knowledge, case: Case, exchange: Exchange, own: tuple[str, ...]) -> None:
    """Take in what a gate's request shows."""
    headers = tuple((name.lower(), value) for name, value in case.headers)
    headers = tuple(one for one in headers if one[0] not in own)
    request = kept_request(case.method, case.target, headers, case.body)
    known.usual.add(whole(request))
    if exchange.response is not None and exchange.response.status == _TOO_MANY:
        return
    place = (case.label.service, case.label.endpoint or "")
    if known.at(place).learn(exchange):
        known.keep(place, request)
