"""Stops calling what has failed too often, and tries it again later, once.

closed ──`opens_after` failures in a row──▶ open ──`half_open_after_s`──▶ half-open
▲                                          ▲                              │ one trial
└───────────────── success ────────────────┴───────── failure ────────────┘

Written here, since none of the libraries lets exactly one trial through: see docs/decisions/0011.
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
    arrive together exactly one gets the trial. A call that ends after the state has moved on says
    nothing about the present: neither its success nor its failure counts.
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
        # Counts the moves from state to state; a call belongs to the era in which it began.
        self._era: int = 0
        self._watchers: list[Callable[[], None]] = []

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

    def when_closed(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` whenever a trial has closed the breaker; it must not wait."""
        self._watchers.append(watcher)

    async def call(self, work: Callable[[], Awaitable[_Result]]) -> _Result:
        """Do the work if the state allows it, and remember how it went.

        The work has a deadline of its own, at which it raises `Unreachable`. Work that is
        cancelled, or ends in another error, says nothing about the dependency.

        Raises:
            Unreachable: from the work, or at once when the breaker is open; not worth repeating
                then, unless it is only that a trial runs.
        """
        era = self._enter()
        try:
            result = await work()
        except Unreachable:
            self._fail(era)
            raise
        except BaseException:
            # The next caller gets the trial then.
            if era == self._era:
                self._trial_runs = False
            raise
        self._succeed(era)
        return result

    def _enter(self) -> int:
        """The era that the call belongs to."""
        state = self.state
        if state == "open":
            raise Unreachable(self.dependency, "its circuit breaker is open", retryable=False)
        if self._trial_runs:
            raise Unreachable(self.dependency, "its circuit breaker waits for a trial")
        if state == "half-open":
            self._trial_runs = True
            self._era += 1
        return self._era

    def _fail(self, era: int) -> None:
        if era != self._era:
            return
        self._failures += 1
        if self._trial_runs or self._failures >= self.opens_after:
            self._opened_at = self._clock()
            self._trial_runs = False
            self._era += 1

    def _succeed(self, era: int) -> None:
        if era != self._era:
            return
        self._failures = 0
        if self._trial_runs:
            self._opened_at = None
            self._trial_runs = False
            self._era += 1
            for watcher in self._watchers:
                watcher()
