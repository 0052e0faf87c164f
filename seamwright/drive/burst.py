"""Asks each limited endpoint as often as it takes to be refused; obeys, and asks once more.

    asked ▶ asked ▶ … ▶ 429, Retry-After: n ─▶ n seconds ─▶ asked

It comes last: whoever asks after it as the same caller is refused too.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.case import step_case
from seamwright.drive.cases.derived import refused_case
from seamwright.drive.cases.wellformed import well_step
from seamwright.drive.retry_after import retry_after_s
from seamwright.record.observation import Purpose, Unseen, told_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.rate_limit import RateLimit
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.conformance import Conformance
    from seamwright.drive.http import Driver
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Exchange

_MOST = 1_000
"""Requests to one endpoint; a higher limit is left alone."""

_BEYOND = 1
"""Requests beyond the limit: one of them at least must be refused."""

_ENDPOINTS, _AT_ONCE = 3, 8
_LONGEST_WAIT_S = 20.0
_TRIALS = 3
"""Waits of one endpoint: what it hands on may be refused on behalf of others meanwhile."""

_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class BurstDrive:
    """What bursts need to know; `kept` are the values that the journey kept."""

    system: System
    driver: Driver
    journal: Journal
    say: Callable[[str], None]
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Burst:
    """One endpoint's: the request that is repeated, and the limit that it is to meet."""

    case: Case
    limit: RateLimit


def bursts(system: System, conformance: Conformance, kept: Mapping[str, str]) -> Iterator[Burst]:
    """A burst for every endpoint that declares a limit.

    What the contract refuses for what it says is asked for where there is such a request, so that
    a burst changes nothing; it is counted like any other. Endpoints for which few requests can be
    made come first: nobody has asked them for long, and so they tell to wait the longest.
    """
    for service, endpoint, limit in _limited(system):
        case = refused_case(system, conformance, kept, service, endpoint)
        if case is None:
            step = well_step(system, conformance.journey, kept, service.name, endpoint)
            case = step_case(system, step, kept, "", Purpose.BURST, "")
        label = replace(
            case.label,
            id=f"burst-{service.name}-{endpoint.id}",
            purpose=Purpose.BURST,
            reason="a burst",
            request_id=None,
        )
        headers = tuple(one for one in case.headers if one[0] == "content-type")
        yield Burst(replace(case, label=label, headers=headers), limit)


def _limited(system: System) -> list[tuple[Service, Endpoint, RateLimit]]:
    """Endpoints with a limit, those first of which a request is always the same."""
    limited = [
        (service, endpoint, endpoint.rate_limit)
        for service in system.services
        for endpoint in service.endpoints
        if endpoint.rate_limit is not None
    ]
    return sorted(limited, key=lambda one: _varies(one[1]))


def _varies(endpoint: Endpoint) -> bool:
    return bool(endpoint.request or endpoint.query or endpoint.parameters)


async def drive_bursts(drive: BurstDrive, conformance: Conformance) -> None:
    """Play all bursts, some at a time; all wait together."""
    turn = asyncio.Semaphore(_ENDPOINTS)
    planned = bursts(drive.system, conformance, drive.kept)
    await asyncio.gather(
        *(
            _play(drive, one, turn)
            for one in planned
            if drive.driver.reaches(one.case.label.service)
        )
    )


async def _play(drive: BurstDrive, one: Burst, turn: asyncio.Semaphore) -> None:
    if one.limit.limit > _MOST:
        _left_out(drive, one, f"a burst has at most {_MOST} requests, the limit is higher")
        return
    async with turn:
        refused = await _until_refused(drive, one)
    if refused is None:
        return
    waited_s = 0.0
    for number in range(_TRIALS):
        wait_s = retry_after_s(refused.response)
        if wait_s is None:
            return
        if waited_s + wait_s > _LONGEST_WAIT_S:
            _left_out(drive, one, f"Retry-After asks for {wait_s:g} s, which is not waited for")
            return
        await asyncio.sleep(wait_s)
        waited_s += wait_s
        case = _numbered(one.case, -number, "after the burst, as long as told")
        async with turn:
            refused = await drive.driver.send(case)


async def _until_refused(drive: BurstDrive, one: Burst) -> Exchange | None:
    """The first refusal; None where there was none."""
    left = one.limit.limit + _BEYOND
    number = 0
    while left > 0:
        count = min(_AT_ONCE, left)
        cases = [_numbered(one.case, number + each, "a burst") for each in range(1, count + 1)]
        number, left = number + count, left - count
        made = await asyncio.gather(*(drive.driver.send(case) for case in cases))
        for exchange in made:
            if exchange.response is not None and exchange.response.status == _TOO_MANY:
                return exchange
    return None


def _numbered(case: Case, number: int, reason: str) -> Case:
    return replace(case, label=replace(case.label, id=f"{case.label.id}-{number}", reason=reason))


def _left_out(drive: BurstDrive, one: Burst, why: str) -> None:
    place = told_code(one.case.label.service, one.case.label.endpoint or "", "rate limit")
    drive.say(f"{place}: {why}")
    drive.journal.append(Unseen(place, why))
