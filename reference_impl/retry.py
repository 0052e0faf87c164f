"""Another attempt at what is safe to repeat: a few, apart, and within the deadline.

The loop, the exponential wait and its full jitter are tenacity's. Ours are the two things that it
has no words for: a wait that the other side asked for, and a deadline on a clock that is given.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tenacity import (
    AsyncRetrying,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tenacity import RetryCallState

_Result = TypeVar("_Result")
# An attempt that has less than this part of the whole time left would only fail by being late.
_LEAST_PART = 0.05


@dataclass(frozen=True, slots=True)
class Backoff:
    """How to wait between attempts: exponential, with full jitter, bounded.

    Callers that failed together must not come back together, hence the jitter.

    Attributes:
        attempts: how many at most, the first one included.
        base_s: the longest wait after the first attempt; it doubles with each.
        cap_s: the longest wait of all, unless the other side asks for a longer one.
        longest_asked_s: who asks for a longer one is not asked again, as it is too long for us.
        clock: seconds, never going back.
        sleep: waits.
    """

    attempts: int = 3
    base_s: float = 0.05
    cap_s: float = 0.5
    longest_asked_s: float = float("inf")
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


async def persist(
    work: Callable[[], Awaitable[_Result]],
    backoff: Backoff,
    within_s: float,
    *,
    worth: Callable[[Unreachable], bool] = lambda _: True,
    tell: Callable[[Unreachable, float], None] = lambda _, __: None,
) -> _Result:
    """Do the work until it succeeds, is not worth repeating, or the time is up.

    Args:
        work: one attempt; it must be safe to repeat after every failure that is `worth` it.
        backoff: how often, and how far apart.
        within_s: for all attempts and waits together.
        worth: whether to repeat after a failure that is retryable.
        tell: is told of each failure that is followed by another attempt, and of the wait.

    Raises:
        Unreachable: the last attempt's.
    """
    until = backoff.clock() + within_s
    jittered = wait_random_exponential(multiplier=backoff.base_s, max=backoff.cap_s)

    enough = stop_after_attempt(backoff.attempts)

    def wait_s(state: RetryCallState) -> float:
        return max(jittered(state), _failure(state).retry_after_s or 0.0)

    def late(state: RetryCallState) -> bool:
        return backoff.clock() + state.upcoming_sleep + _LEAST_PART * within_s >= until

    def again(error: BaseException) -> bool:
        if not isinstance(error, Unreachable) or not error.retryable:
            return False
        return (error.retry_after_s or 0.0) <= backoff.longest_asked_s and worth(error)

    retrying = AsyncRetrying(
        sleep=backoff.sleep,
        wait=wait_s,
        stop=lambda state: enough(state) or late(state),
        retry=retry_if_exception(again),
        before_sleep=lambda state: tell(_failure(state), state.upcoming_sleep),
        reraise=True,
    )

    # tenacity awaits what an `async def` makes, and takes any other awaitable for the outcome.
    async def attempt() -> _Result:
        return await work()

    return await retrying(attempt)


def _failure(state: RetryCallState) -> Unreachable:
    """What the last attempt ended in; nothing else is repeated."""
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, Unreachable):
        message = f"repeated after {error!r}"
        raise TypeError(message)
    return error
