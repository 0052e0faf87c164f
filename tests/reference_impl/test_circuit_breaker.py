"""When the breaker opens, and who gets the trial."""

from __future__ import annotations

import asyncio

import pytest

from reference_impl.circuit_breaker import CircuitBreaker
from reference_impl.unreachable import Unreachable
from tests.reference_impl.clock import Clock


def _breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker("grok", 5, 30.0, clock)


async def _fine() -> str:
    return "fine"


async def _broken() -> str:
    raise Unreachable("grok", "refused")


async def _fail(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Unreachable, match="refused"):
            await breaker.call(_broken)


async def _opened(clock: Clock) -> CircuitBreaker:
    breaker = _breaker(clock)
    await _fail(breaker, 5)
    return breaker


def test_it_opens_at_the_fifth_failure_in_a_row() -> None:
    """Four are not enough."""

    async def run() -> list[str]:
        breaker = _breaker(Clock())
        await _fail(breaker, 4)
        states: list[str] = [breaker.state]
        await _fail(breaker, 1)
        return [*states, breaker.state]

    assert ["closed", "open"] == asyncio.run(run())


def test_a_success_starts_the_count_anew() -> None:
    """Only failures in a row count."""

    async def run() -> tuple[str, int]:
        breaker = _breaker(Clock())
        await _fail(breaker, 4)
        await breaker.call(_fine)
        await _fail(breaker, 4)
        return breaker.state, breaker.consecutive_failures

    assert ("closed", 4) == asyncio.run(run())


def test_open_it_calls_nobody() -> None:
    """It says at once that it is open, and that another attempt is of no use."""

    async def run() -> bool:
        breaker = await _opened(Clock())
        with pytest.raises(Unreachable, match="breaker is open") as caught:
            await breaker.call(_fine)
        return caught.value.retryable

    assert asyncio.run(run()) is False


def test_half_open_exactly_one_of_many_gets_the_trial() -> None:
    """All others are refused until it is over."""

    async def run() -> tuple[str, int, str]:
        clock = Clock()
        breaker = await _opened(clock)
        clock.forward(30)
        before = breaker.state
        ready = asyncio.Event()

        async def slow() -> str:
            await ready.wait()
            return "fine"

        calls = [asyncio.create_task(breaker.call(slow)) for _ in range(20)]
        await asyncio.sleep(0)
        ready.set()
        found = await asyncio.gather(*calls, return_exceptions=True)
        return before, found.count("fine"), breaker.state

    assert ("half-open", 1, "closed") == asyncio.run(run())


def test_a_failed_trial_opens_it_again() -> None:
    """For the whole time."""

    async def run() -> list[str]:
        clock = Clock()
        breaker = await _opened(clock)
        clock.forward(30)
        await _fail(breaker, 1)
        states: list[str] = [breaker.state]
        clock.forward(29.9)
        states.append(breaker.state)
        clock.forward(0.1)
        return [*states, breaker.state]

    assert ["open", "open", "half-open"] == asyncio.run(run())


def test_a_cancelled_trial_leaves_room_for_the_next() -> None:
    """Else nobody would ever try again."""

    async def run() -> str:
        clock = Clock()
        breaker = await _opened(clock)
        clock.forward(30)

        async def endless() -> str:
            return await asyncio.get_running_loop().create_future()

        trial = asyncio.create_task(breaker.call(endless))
        await asyncio.sleep(0)
        trial.cancel()
        with pytest.raises(asyncio.CancelledError):
            await trial
        return await breaker.call(_fine)

    assert asyncio.run(run()) == "fine"


def test_a_late_end_says_nothing_about_the_present() -> None:
    """A call that began before the breaker opened neither closes it nor opens it anew."""

    async def run() -> tuple[str, int]:
        clock = Clock()
        breaker = _breaker(clock)
        ready = asyncio.Event()

        async def late() -> str:
            await ready.wait()
            return "fine"

        old = asyncio.create_task(breaker.call(late))
        await asyncio.sleep(0)
        await _fail(breaker, 5)
        ready.set()
        await old
        return breaker.state, breaker.consecutive_failures

    assert ("open", 5) == asyncio.run(run())


def test_its_watchers_hear_of_a_trial_that_went_well() -> None:
    """And of nothing else."""

    async def run() -> list[int]:
        clock = Clock()
        breaker = await _opened(clock)
        heard: list[int] = []
        breaker.when_closed(lambda: heard.append(1))
        clock.forward(30)
        await _fail(breaker, 1)
        clock.forward(30)
        await breaker.call(_fine)
        await breaker.call(_fine)
        return heard

    assert [1] == asyncio.run(run())
