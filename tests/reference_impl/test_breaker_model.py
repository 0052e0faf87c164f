"""The breaker driven by chance against a model that is written down in another way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from reference_impl.circuit_breaker import CircuitBreaker
from reference_impl.unreachable import Unreachable
from tests.reference_impl.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator
    from typing import Any

OPENS_AFTER = 5
RESTS_S = 30.0


class Running:
    """A call that waits for its outcome; driven by hand, so that chance decides who is next."""

    def __init__(self, breaker: CircuitBreaker) -> None:
        """Not entered yet."""
        self._work: Coroutine[Any, Any, str] = breaker.call(self._wait)
        self.history: int = -1

    def enter(self) -> bool:
        """Whether the breaker let it in."""
        try:
            self._work.send(None)
        except Unreachable:
            return False
        return True

    def end(self, outcome: str) -> None:
        """It succeeds, fails, or is cancelled."""
        try:
            if outcome == "fine":
                self._work.send(None)
            elif outcome == "broken":
                self._work.throw(Unreachable("grok", "refused"))
            else:
                self._work.throw(asyncio.CancelledError())
        except (StopIteration, Unreachable, asyncio.CancelledError):
            return

    async def _wait(self) -> str:
        return await _Suspended()


class _Suspended:
    def __await__(self) -> Generator[None, None, str]:
        yield
        return "fine"


class BreakerMachine(RuleBasedStateMachine):
    """Calls come, overlap and end in any order while time passes.

    The model keeps the list of what counted since the breaker last moved, instead of counters.
    """

    calls: Bundle[Running] = Bundle("calls")

    def __init__(self) -> None:
        """Closed, and nothing has happened."""
        super().__init__()
        self.clock = Clock()
        self.woken = 0
        self.breaker = CircuitBreaker("grok", OPENS_AFTER, RESTS_S, self.clock)
        self.breaker.when_closed(self._wake)
        self.outcomes: list[str] = []
        self.opened_at: float | None = None
        self.trial: Running | None = None
        self.history = 0
        self.closings = 0

    @rule(target=calls)
    def arrive(self) -> Running:
        """Somebody calls."""
        return self._arrive()

    @rule(running=consumes(calls), outcome=st.sampled_from(["fine", "broken", "cancelled"]))
    def leave(self, running: Running, outcome: str) -> None:
        """One of the calls ends."""
        self._leave(running, outcome)

    @rule(times=st.integers(1, OPENS_AFTER), outcome=st.sampled_from(["broken", "fine"]))
    def come_and_go(self, times: int, outcome: str) -> None:
        """Calls that end before the next one comes: chance alone would hardly open the breaker."""
        for _ in range(times):
            self._leave(self._arrive(), outcome)

    @rule(seconds=st.sampled_from([0.5, 10.0, 29.5, 30.0]))
    def pass_time(self, seconds: float) -> None:
        """Time passes."""
        self.clock.forward(seconds)

    @invariant()
    def shows_its_state(self) -> None:
        """As the model has it."""
        assert (self.state(), self.closings) == (self.breaker.state, self.woken)

    @invariant()
    def counts_failures_in_a_row(self) -> None:
        """Since the last success, whatever happened between."""
        in_a_row = 0
        for outcome in reversed(self.outcomes):
            if outcome == "fine":
                break
            in_a_row += 1
        assert in_a_row == self.breaker.consecutive_failures

    def state(self) -> str:
        """Of the model."""
        if self.opened_at is None:
            return "closed"
        return "open" if self.clock() < self.opened_at + RESTS_S else "half-open"

    def _arrive(self) -> Running:
        running = Running(self.breaker)
        expected = self.state() != "open" and self.trial is None
        trial = self.state() == "half-open"
        assert expected == running.enter()
        if expected:
            if trial:
                self.trial, self.history = running, self.history + 1
            running.history = self.history
        return running

    def _leave(self, running: Running, outcome: str) -> None:
        if running.history < 0:
            return
        running.end(outcome)
        if running.history != self.history:
            return
        if running is self.trial:
            self._judge_trial(outcome)
        elif outcome != "cancelled":
            self.outcomes.append(outcome)
            if self.outcomes[-OPENS_AFTER:] == ["broken"] * OPENS_AFTER:
                self._open()

    def _judge_trial(self, outcome: str) -> None:
        self.trial = None
        if outcome == "fine":
            self.outcomes.append("fine")
            self.opened_at, self.history = None, self.history + 1
            self.closings += 1
        elif outcome == "broken":
            self.outcomes.append("broken")
            self._open()

    def _open(self) -> None:
        self.opened_at, self.history = self.clock(), self.history + 1

    def _wake(self) -> None:
        self.woken += 1


BreakerMachine.TestCase.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, database=None
)


class TestBreakerModel(BreakerMachine.TestCase):
    """The breaker and the model agree on every walk."""
