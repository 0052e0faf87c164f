"""Stops calling what has failed too often, and tries it again later, once.

closed ──`opens_after` failures in a row──▶ open ──`half_open_after_s`──▶ half-open
▲                                          ▲                              │ one trial
└───────────────── success ────────────────┴───────── failure ────────────┘
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

State = Literal["closed", "open", "half-open"]
_Result = TypeVar("_Result")


class CircuitBreaker:
    """One dependency's breaker; all of its callers share it.

    There is no await between looking at the state and changing it, so that of many callers who
    arrive together exactly one gets the trial.
    """

    def __init__(
        self,
        dependency: str,
        opens_after: int,
        half_open_after_s: float,
        clock: Callable[[], float],
    ) -> None:
        """`clock` gives seconds and never goes back."""
        self.dependency = dependency
        self.opens_after = opens_after
        self.half_open_after_s = half_open_after_s
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._trial_runs = False

    @property
    def consecutive_failures(self) -> int:
        """How many calls have failed since the last one that did not."""
        return self._failures

    @property
    def state(self) -> State:
        """Half-open as soon as a trial would be let through, and while it runs."""
        if self._opened_at is None:
            return "closed"
        rested = self._clock() - self._opened_at >= self.half_open_after_s
        return "half-open" if rested else "open"

    async def call(self, work: Callable[[], Awaitable[_Result]]) -> _Result:
        """Do the work if the state allows it, and remember how it went.

        Raises:
            Unreachable: from the work, or at once when the breaker is open.
        """
        trial = self._enter()
        try:
            result = await work()
        except Unreachable:
            self._fail()
            raise
        else:
            self._failures = 0
            self._opened_at = None
            return result
        finally:
            # Also when the trial was cancelled: the next caller gets it then.
            if trial:
                self._trial_runs = False

    def _enter(self) -> bool:
        """Whether this call is the trial."""
        state = self.state
        if state == "closed":
            return False
        if state == "open" or self._trial_runs:
            reason = "its circuit breaker is open"
            raise Unreachable(self.dependency, reason, retryable=False)
        self._trial_runs = True
        return True

    def _fail(self) -> None:
        self._failures += 1
        if self._failures >= self.opens_after:
            self._opened_at = self._clock()
