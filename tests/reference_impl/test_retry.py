"""How often, how far apart, and for how long something is attempted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from reference_impl.retry import Backoff, persist
from reference_impl.unreachable import Unreachable
from tests.reference_impl.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def _backoff(clock: Clock, draw: float = 1.0) -> Backoff:
    return Backoff(
        attempts=3, base_s=0.1, cap_s=0.15, clock=clock, sleep=clock.sleep, draw=lambda: draw
    )


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
    """With waits that double, and are bounded."""
    clock = Clock()
    found = _run(clock, DOWN, DOWN, "fine")
    assert ("fine", [0.1, 0.15]) == (found, clock.slept)


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


def test_waits_are_spread() -> None:
    """The jitter takes anything from nothing to the whole wait."""
    waits = [_backoff(Clock(), draw).wait_s(1) for draw in (0.0, 0.5, 1.0)]
    assert [0.0, 0.05, 0.1] == waits
