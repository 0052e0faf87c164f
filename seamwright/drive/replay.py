"""Sends a corpus: all endpoints by turns, and of each as long as its answers are still new.

A round sends a few requests of every endpoint that is still asked. What is left out hangs on the
answers alone, never on how fast they come: the same answers lead to the same requests.

    429 ─▶ the request waits as long as the answer says, then it is sent again
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seamwright.drive.retry_after import retry_after_s
from seamwright.record.behaviour import behaviour
from seamwright.record.observation import Unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seamwright.drive.cases.case import Case
    from seamwright.drive.http import Driver
    from seamwright.record.behaviour import Behaviour
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Exchange

_ROUND = 8
"""Requests of one endpoint in a round."""

_TOO_MANY = 429
_UNTOLD_S = 1.0
"""How long is waited where a refusal does not say how long."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is sent.

    Attributes:
        cases: at most, of all endpoints together.
        patience: requests of an endpoint without a new behaviour after which it is left alone;
            None sends all.
        wait_s: how long refused requests of one endpoint are waited for, all in all.
        seconds: after which no new round begins; None of no bound. With a bound the findings hang
            on the speed of the machine.
    """

    cases: int = 5_000
    patience: int | None = 24
    wait_s: float = 12.0
    seconds: float | None = None


@dataclass(slots=True)
class _Endpoint:
    """How far an endpoint has been asked."""

    waiting: deque[Case]
    seen: set[Behaviour] = field(default_factory=set["Behaviour"])
    quiet: int = 0
    resumes_s: float = 0.0
    waited_s: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReplayDrive:
    """What a replay needs."""

    driver: Driver
    journal: Journal
    clock: Callable[[], float]
    say: Callable[[str], None]


async def replay(
    drive: ReplayDrive, cases: Mapping[tuple[str, str], Sequence[Case]], budget: Budget
) -> int:
    """Send the cases of all endpoints as far as the budget goes; how many were sent.

    Args:
        drive: by which they are sent.
        cases: those of each service and endpoint, in the order in which they are sent.
        budget: how much.
    """
    endpoints = {
        place: _Endpoint(deque(some))
        for place, some in cases.items()
        if drive.driver.reaches(place[0])
    }
    began_s, sent = drive.clock(), 0
    while sent < budget.cases:
        if budget.seconds is not None and drive.clock() - began_s >= budget.seconds:
            _stop(endpoints, f"{budget.seconds:g} s were over")
            break
        asked = [one for one in endpoints.values() if one.waiting and not one.why]
        if not asked:
            break
        ready = [one for one in asked if one.resumes_s <= drive.clock()]
        if not ready:
            await asyncio.sleep(min(one.resumes_s for one in asked) - drive.clock())
            continue
        sent += await _round(drive, ready, budget, budget.cases - sent)
    _stop(endpoints, f"the budget of {budget.cases} requests was spent")
    _tell(drive, endpoints)
    return sent


async def _round(drive: ReplayDrive, ready: Sequence[_Endpoint], budget: Budget, left: int) -> int:
    """A few requests of each; how many."""
    batches: list[tuple[_Endpoint, list[Case]]] = []
    for one in ready:
        size = min(_ROUND, len(one.waiting), left)
        batches.append((one, [one.waiting.popleft() for _ in range(size)]))
        left -= size
    exchanges = await drive.driver.send_all(case for _, batch in batches for case in batch)
    answers = iter(exchanges)
    for one, batch in batches:
        refused = [
            case for case in batch if not _learn(one, next(answers), budget.patience, drive.clock())
        ]
        one.waiting.extendleft(reversed(refused))
        if one.waited_s > budget.wait_s:
            one.why = "it refuses too many requests"
    return len(exchanges)


def _learn(one: _Endpoint, exchange: Exchange, patience: int | None, now_s: float) -> bool:
    """Take an answer in; False where the request was only put off."""
    if exchange.response is not None and exchange.response.status == _TOO_MANY:
        told = retry_after_s(exchange.response)
        wait_s = _UNTOLD_S if told is None else told
        if one.resumes_s <= now_s:
            one.waited_s += wait_s
        one.resumes_s = max(one.resumes_s, now_s + wait_s)
        return False
    showed = behaviour(exchange)
    one.quiet = 0 if showed not in one.seen else one.quiet + 1
    one.seen.add(showed)
    if patience is not None and one.quiet >= patience and one.waiting:
        one.why = f"its last {patience} answers showed nothing new"
    return True


def _stop(endpoints: dict[tuple[str, str], _Endpoint], why: str) -> None:
    for one in endpoints.values():
        if one.waiting and not one.why:
            one.why = why


def _tell(drive: ReplayDrive, endpoints: dict[tuple[str, str], _Endpoint]) -> None:
    """Say what was left out, and why: a line for each service and reason."""
    left: dict[tuple[str, str], list[int]] = {}
    for (service, _), one in endpoints.items():
        if one.waiting:
            left.setdefault((service, one.why), []).append(len(one.waiting))
    for (service, why), counts in left.items():
        said = f"{sum(counts)} generated requests of {len(counts)} endpoints left out: {why}"
        drive.journal.append(Unseen(f"{service}: generated requests", said))
        drive.say(f"{service}: {said}")
