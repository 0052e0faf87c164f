"""Another attempt at what is safe to repeat: a few, apart, and within the deadline."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Backoff:
    """How to wait between attempts: exponential, with full jitter, bounded.

    Attributes:
        attempts: how many at most, the first one included.
        base_s: the longest wait after the first attempt; it doubles with each.
        cap_s: the longest wait of all.
        clock: seconds, never going back.
        sleep: waits.
        draw: a number from 0 to 1.
    """

    attempts: int = 3
    base_s: float = 0.05
    cap_s: float = 0.5
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    draw: Callable[[], float] = random.random

    def wait_s(self, failed: int) -> float:
        """The wait after this many failed attempts.

        Callers that failed together must not come back together, hence the jitter.
        """
        return self.draw() * min(self.cap_s, self.base_s * 2 ** (failed - 1))


async def persist(
    work: Callable[[], Awaitable[_Result]], backoff: Backoff, within_s: float
) -> _Result:
    """Do the work until it succeeds, is not worth repeating, or the time is up.

    Raises:
        Unreachable: the last attempt's.
    """
    until = backoff.clock() + within_s
    failed = 0
    while True:
        try:
            return await work()
        except Unreachable as error:
            failed += 1
            wait_s = max(backoff.wait_s(failed), error.retry_after_s or 0.0)
            late = backoff.clock() + wait_s >= until
            if not error.retryable or failed >= backoff.attempts or late:
                raise
        await backoff.sleep(wait_s)
