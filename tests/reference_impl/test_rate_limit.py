"""A window that slides, and a Retry-After that suffices."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from reference_impl.rate_limit import RateLimiter
from reference_impl.refusal import Refusal
from seamwright.contract import RateLimit
from tests.reference_impl.clock import Clock

LIMIT = RateLimit(limit=3, window_s=10)


def _wait_s(limiter: RateLimiter, caller: str = "user") -> int | None:
    """How long the caller must wait, or None where it is let in."""
    try:
        limiter.admit(caller, "GET /", LIMIT)
    except Refusal as refusal:
        return int(refusal.headers["retry-after"])
    return None


def test_what_is_over_the_limit_is_refused() -> None:
    """Three pass, the fourth must wait until the first has left the window."""
    clock = Clock()
    limiter = RateLimiter(1, clock)
    waits: list[int | None] = []
    for _ in range(4):
        waits.append(_wait_s(limiter))
        clock.forward(1.5)
    assert [None, None, None, 6] == waits


def test_callers_do_not_share_a_window() -> None:
    """One caller's haste is not another's trouble."""
    limiter = RateLimiter(1, Clock())
    waits = [_wait_s(limiter, caller) for caller in ("a", "a", "a", "a", "b")]
    assert [None, None, None, 10, None] == waits


def test_a_factor_multiplies_the_limit() -> None:
    """Twice as many pass."""
    limiter = RateLimiter(2, Clock())
    assert [None] * 6 + [10] == [_wait_s(limiter) for _ in range(7)]


def test_a_small_factor_lets_one_pass() -> None:
    """Never none: that would be a closed door."""
    limiter = RateLimiter(0.01, Clock())
    assert [None, 10] == [_wait_s(limiter) for _ in range(2)]


@pytest.mark.parametrize(("factor", "limit"), [(0.0, LIMIT), (1.0, None)])
def test_without_a_limit_everything_passes(factor: float, limit: RateLimit | None) -> None:
    """Turned off, or never declared."""
    limiter = RateLimiter(factor, Clock())
    for _ in range(100):
        limiter.admit("user", "GET /", limit)


@given(strategies.lists(strategies.floats(0, 12), min_size=1, max_size=40))
def test_who_waits_as_told_is_let_in(pauses: list[float]) -> None:
    """Whatever came before; and no window ever holds more than the limit."""
    clock = Clock()
    limiter = RateLimiter(1, clock)
    admitted: list[float] = []
    for pause_s in pauses:
        clock.forward(pause_s)
        wait_s = _wait_s(limiter)
        if wait_s is not None:
            clock.forward(wait_s)
            assert _wait_s(limiter) is None
        admitted.append(clock())
    for moment in admitted:
        within = [one for one in admitted if moment <= one and one - moment < LIMIT.window_s]
        assert len(within) <= LIMIT.limit
