"""`GET /api/breakers` of a service: the breakers of its own calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.worker_messages import Breaker, Breakers

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.circuit_breaker import CircuitBreaker

_MS = 1_000


@dataclass(frozen=True, slots=True)
class BreakerPanel:
    """The endpoint."""

    breakers: tuple[CircuitBreaker, ...]

    async def show(self, _call: Call) -> Breakers:
        """Each breaker as it is now."""
        return Breakers(breakers=[_shown(one) for one in self.breakers])


def _shown(breaker: CircuitBreaker) -> Breaker:
    return Breaker(
        dependency=breaker.dependency,
        state=breaker.state,
        consecutiveFailures=breaker.consecutive_failures,
        opensAfter=breaker.opens_after,
        halfOpenAfterMs=round(breaker.half_open_after_s * _MS),
    )
