"""Sends a corpus: all endpoints by turns, and of each as long as its answers are still new.

A few requests of every endpoint are under way, and when they are answered the next few of it. What
is left out hangs on the answers alone, never on how fast they come: the same answers lead to the
same requests.

    429 ─▶ the request waits as long as the answer says, then it is sent again
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from seamwright.drive.retry_after import retry_after_s
from seamwright.drive.turn import Taker, allotted
from seamwright.record.behaviour import behaviour
from seamwright.record.observation import Unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seamwright.drive.cases.case import Case
    from seamwright.drive.corpus.corpus import Place
    from seamwright.drive.http import Driver
    from seamwright.record.behaviour import Behaviour
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Exchange

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
        seconds: after which nothing more is sent; None of no bound. With a bound the findings hang
            on the speed of the machine.
    """

    cases: int = 5_000
    patience: int | None = 24
    wait_s: float = 12.0
    seconds: float | None = None


@dataclass(slots=True)
class _Endpoint:
    """How far an endpoint has been asked; `taker` is its part in a go."""

    waiting: deque[Case]
    taker: Taker = field(default_factory=Taker)
    seen: set[Behaviour] = field(default_factory=set["Behaviour"])
    quiet: int = 0
    resumes_s: float = 0.0
    waited_s: float = 0.0
    why: str = ""

    def is_asked(self) -> bool:
        """Whether more of it is sent in this go."""
        return self.taker.wants > 0

    def leave(self, why: str) -> None:
        """Send no more of it."""
        self.why = why
        self.taker.wants = 0


@dataclass(frozen=True, slots=True)
class ReplayDrive:
    """What a replay needs."""

    driver: Driver
    journal: Journal
    clock: Callable[[], float]
    say: Callable[[str], None]


class Replay:
    """A corpus on its way: it may be sent in several goes, and knows what it has learnt."""

    def __init__(
        self, drive: ReplayDrive, cases: Mapping[Place, Sequence[Case]], budget: Budget
    ) -> None:
        """Begin with nothing sent.

        Args:
            drive: by which they are sent.
            cases: those of each service and endpoint, in the order in which they are sent.
            budget: how much, of all goes together.
        """
        self._drive = drive
        self._budget = budget
        self._endpoints = {
            place: _Endpoint(deque(some))
            for place, some in cases.items()
            if drive.driver.reaches(place[0])
        }
        self._spent_s = 0.0
        self._moved = asyncio.Event()
        self.sent = 0

    async def go(self, shares: Mapping[Place, int] | None = None) -> None:
        """Send all that the budget lets.

        Args:
            shares: how much of an endpoint's is sent in this go; of the others, all.
        """
        began_s = self._drive.clock()
        for place, one in self._endpoints.items():
            share = (shares or {}).get(place, len(one.waiting))
            one.taker = Taker(0 if one.why else min(share, len(one.waiting)))
        left = self._budget.cases - self.sent
        takers = [one.taker for one in self._endpoints.values()]
        courses = [
            asyncio.create_task(self._course(one, partial(allotted, takers, at, left), began_s))
            for at, one in enumerate(self._endpoints.values())
        ]
        try:
            await asyncio.gather(*courses)
        finally:
            for course in courses:
                course.cancel()
        self._spent_s += self._drive.clock() - began_s

    async def _course(self, one: _Endpoint, turn: Callable[[], int | None], began_s: float) -> None:
        """All that is sent of one endpoint in a go; `turn` says how much it may take."""
        while one.is_asked():
            wait_s = one.resumes_s - self._drive.clock()
            if self._is_late(began_s):
                one.leave(f"{self._budget.seconds:g} s were over")
            elif wait_s > 0:
                await asyncio.sleep(wait_s)
            elif (count := turn()) is None:
                await self._moved.wait()
                continue
            elif count == 0:
                one.taker.wants = 0
            else:
                await self._batch(one, count)
            self._move()

    async def _batch(self, one: _Endpoint, count: int) -> None:
        """Send a few requests of an endpoint; those that are put off come first in the next."""
        batch = [one.waiting.popleft() for _ in range(count)]
        one.taker.take(count)
        self.sent += count
        answers = await self._drive.driver.send_all(batch)
        now_s, patience = self._drive.clock(), self._budget.patience
        refused = [
            case
            for case, answer in zip(batch, answers, strict=True)
            if not _learn(one, answer, patience, now_s)
        ]
        one.waiting.extendleft(reversed(refused))
        one.taker.settle(0 if one.why else len(refused))
        if one.waited_s > self._budget.wait_s:
            one.leave("it refuses too many requests")

    def _move(self) -> None:
        """Let those look again who did not know yet what they may take."""
        self._moved.set()
        self._moved = asyncio.Event()

    def end(self) -> int:
        """How many were sent; what was left out is told."""
        if self.sent >= self._budget.cases:
            _stop(self._endpoints, f"the budget of {self._budget.cases} requests was spent")
        _tell(self._drive, self._endpoints)
        return self.sent

    def _is_late(self, began_s: float) -> bool:
        within_s = self._budget.seconds
        return within_s is not None and (self._spent_s + self._drive.clock() - began_s >= within_s)


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
        one.leave(f"its last {patience} answers showed nothing new")
    return True


def _stop(endpoints: dict[Place, _Endpoint], why: str) -> None:
    for one in endpoints.values():
        if one.waiting and not one.why:
            one.why = why


def _tell(drive: ReplayDrive, endpoints: dict[Place, _Endpoint]) -> None:
    """Say what was left out, and why: a line for each service and reason."""
    left: dict[tuple[str, str], list[int]] = {}
    for (service, _), one in endpoints.items():
        if one.waiting:
            left.setdefault((service, one.why), []).append(len(one.waiting))
    for (service, why), counts in left.items():
        said = f"{sum(counts)} generated requests of {len(counts)} endpoints left out: {why}"
        drive.journal.append(Unseen(f"{service}: generated requests", said))
        drive.say(f"{service}: {said}")
