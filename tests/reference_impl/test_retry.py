"""How often, how far apart, and for how long something is attempted."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reference_impl.retry import Backoff, persist
from reference_impl.unreachable import Unreachable
from tests.reference_impl.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def _backoff(clock: Clock) -> Backoff:
    return Backoff(attempts=3, base_s=0.1, cap_s=0.15, clock=clock, sleep=clock.sleep)


def _work(*outcomes: str | Unreachable) -> Callable[[], Awaitable[str]]:
    left = list(outcomes)

    async def work() -> str:
        outcome = left.pop(0)
        if isinstance(outcome, Unreachable):
            raise outcome
        return outcome

    return work


DOWN = Unreachable("grok", "refused")


def _run(clock: Clock, *outcomes: str | Unreachable, within_s: float = 3.0) -> str:
    async def run() -> str:
        return await persist(_work(*outcomes), _backoff(clock), within_s)

    return asyncio.run(run())


def test_it_is_attempted_until_it_succeeds() -> None:
    """With a wait before each further attempt."""
    clock = Clock()
    found = _run(clock, DOWN, DOWN, "fine")
    assert ("fine", 2) == (found, len(clock.slept))


def test_three_attempts_are_the_most() -> None:
    """The last failure is the one that is told."""
    clock = Clock()
    last = Unreachable("grok", "still refused")
    with pytest.raises(Unreachable, match="still refused"):
        _run(clock, DOWN, DOWN, last, "too late")
    assert len(clock.slept) == 2


def test_what_is_not_worth_it_is_not_repeated() -> None:
    """An open breaker stays open for now."""
    clock = Clock()
    with pytest.raises(Unreachable):
        _run(clock, Unreachable("grok", "open", retryable=False), "never")
    assert [] == clock.slept


def test_retry_after_is_honoured() -> None:
    """The wait is as long as the box asked for."""
    clock = Clock()
    _run(clock, Unreachable("grok", "429", retry_after_s=2), "fine")
    assert [2] == clock.slept


def test_nobody_waits_beyond_the_deadline() -> None:
    """A longer Retry-After ends the attempts at once."""
    clock = Clock()
    with pytest.raises(Unreachable):
        _run(clock, Unreachable("grok", "429", retry_after_s=60), "never")
    assert [] == clock.slept


def test_waits_are_spread_and_bounded() -> None:
    """The jitter takes anything from nothing to the whole wait, which doubles up to its cap."""
    random.seed(7)
    waits: list[list[float]] = []
    for _ in range(200):
        clock = Clock()
        _run(clock, DOWN, DOWN, "fine")
        waits.append(clock.slept)
    first, second = ([one[number] for one in waits] for number in (0, 1))
    spread = [(min(each) < 0.02, max(each)) for each in (first, second)]
    assert [(True, 0.1), (True, 0.15)] == [(low, round(top, 2)) for low, top in spread]


def test_a_wait_that_is_asked_for_may_be_too_long_for_us() -> None:
    """Where the rest can be queued, nobody waits for it."""
    clock = Clock()
    hasty = replace(_backoff(clock), longest_asked_s=0.5)

    async def run(asked_s: float) -> str:
        asking = Unreachable("grok", "429", retry_after_s=asked_s)
        return await persist(_work(asking, "fine"), hasty, 3.0)

    assert asyncio.run(run(0.5)) == "fine"
    with pytest.raises(Unreachable, match="429"):
        asyncio.run(run(0.6))


def test_what_is_not_safe_is_not_repeated() -> None:
    """Whoever calls says of each failure whether another attempt could do it twice."""
    clock = Clock()
    unsent = Unreachable("worker", "refused", unsent=True)
    lost = Unreachable("worker", "cut")

    async def run() -> str:
        work = _work(unsent, lost, "twice")
        return await persist(work, _backoff(clock), 3.0, worth=lambda error: error.unsent)

    with pytest.raises(Unreachable, match="cut"):
        asyncio.run(run())
    assert len(clock.slept) == 1


def test_each_failure_that_is_repeated_is_told_with_its_wait() -> None:
    """The last one is raised instead."""
    clock = Clock()
    told: list[float] = []

    async def run() -> str:
        def tell(_: Unreachable, wait_s: float) -> None:
            told.append(wait_s)

        return await persist(_work(DOWN, DOWN, "fine"), _backoff(clock), 3.0, tell=tell)

    asyncio.run(run())
    assert clock.slept == told


def test_any_awaitable_is_work() -> None:
    """Also one that a plain function hands out."""
    attempts = _work(DOWN, "fine")

    async def run() -> str:
        return await persist(lambda: attempts(), _backoff(Clock()), 3.0)  # noqa: PLW0108 - plain

    assert asyncio.run(run()) == "fine"
