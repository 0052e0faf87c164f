"""One call to a box: what is tried again, what is left alone, and whose time it takes."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace

import pytest

from reference_impl import errand
from reference_impl.circuit_breaker import CircuitBreaker
from reference_impl.http_client import NoConnection
from reference_impl.http_connection import Broken, Reply
from reference_impl.unreachable import Unreachable
from tests.reference_impl.clock import Clock
from tests.reference_impl.scripted import HANGS, Scripted, callee

BUSY = Reply(429, {"retry-after": "1"}, b"")
LOST = Broken("the connection ended", untouched=True)


def _asked(client: Scripted, *, repeat: bool) -> int:
    """How often it was asked for one thing that fails in the end or not."""

    async def run() -> None:
        await callee(client, Clock()).call("POST", "/", "req_1", b"{}", repeat=repeat)

    with contextlib.suppress(Unreachable):
        asyncio.run(run())
    return len(client.bodies)


def test_what_may_be_done_twice_is_tried_three_times() -> None:
    """Whatever went wrong: no connection, no answer, "overloaded", "broken"."""
    outcomes = [LOST, NoConnection("refused"), 429, 503]
    assert [3] * 4 == [_asked(Scripted(*[one] * 5), repeat=True) for one in outcomes]


def test_what_must_not_be_done_twice_is_repeated_where_it_was_never_sent() -> None:
    """Only the connection that never was says so for sure."""
    outcomes = [LOST, NoConnection("refused"), 429, 503]
    assert [1, 3, 1, 1] == [_asked(Scripted(*[one] * 5), repeat=False) for one in outcomes]


def test_all_callers_keep_to_the_wait_that_one_was_told_of() -> None:
    """The box is not asked before it is over, and the breaker does not count the keeping."""

    async def run() -> tuple[int, list[float], int, int]:
        clock, client = Clock(), Scripted(BUSY)
        breaker = CircuitBreaker("box", 5, 30.0, clock)
        box = callee(client, clock, breaker, deadline_s=0.5)
        for _ in range(4):
            with pytest.raises(Unreachable):
                await box.call("GET", "/", "req_1", repeat=True)
        early, failures = len(client.bodies), breaker.consecutive_failures
        clock.forward(1.0)
        await box.call("GET", "/", "req_1", repeat=True)
        return early, clock.slept, failures, len(client.bodies)

    assert (1, [], 1, 2) == asyncio.run(run())


def test_a_wait_within_the_deadline_is_waited_for() -> None:
    """Then the box is asked once more."""

    async def run() -> tuple[int, list[float]]:
        clock, client = Clock(), Scripted(BUSY)
        reply = await callee(client, clock).call("GET", "/", "req_1", repeat=True)
        return reply.status, clock.slept

    assert (200, [1.0]) == asyncio.run(run())


def test_a_slow_answer_is_a_failure_at_the_deadline() -> None:
    """The breaker counts it."""

    async def run() -> int:
        clock = Clock()
        breaker = CircuitBreaker("box", 5, 30.0, clock)
        with pytest.raises(Unreachable, match="no answer within"):
            await callee(Scripted(HANGS), clock, breaker, deadline_s=0.01).call("GET", "/", "req_1")
        return breaker.consecutive_failures

    assert asyncio.run(run()) == 1


def test_our_own_caller_giving_up_is_not_the_boxs_failure() -> None:
    """The call ends with our caller's time, and the breaker counts nothing."""

    async def run() -> tuple[int, bool]:
        clock = Clock()
        breaker = CircuitBreaker("box", 5, 30.0, clock)
        errand.begin(0.01)
        with pytest.raises(Unreachable, match="our caller has left") as caught:
            await callee(Scripted(HANGS), clock, breaker).call("GET", "/", "req_1", repeat=True)
        return breaker.consecutive_failures, caught.value.retryable

    assert (0, False) == asyncio.run(run())


def test_a_box_that_speaks_for_itself_is_heard() -> None:
    """Its 503 has an error in it that is meant for somebody."""

    async def run() -> int:
        box = replace(callee(Scripted(503), Clock()), speaks_for_itself=True)
        return (await box.call("GET", "/", "req_1")).status

    assert asyncio.run(run()) == 503
