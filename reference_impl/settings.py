"""What both services read from the environment; the contract's values are the defaults."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts import SYSTEM
from reference_impl.box import environment
from reference_impl.callee import Callee
from reference_impl.circuit_breaker import CircuitBreaker
from reference_impl.door import Gate
from reference_impl.http_client import HttpClient, origin
from reference_impl.rate_limit import RateLimiter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.credential import Credentials
    from seamwright.contract import Service

_MS = 1_000
_OPENS_AFTER = 5
_HALF_OPEN_AFTER_MS = 30_000
_MAX_BODY_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class Edges:
    """The far ends of one service's edges."""

    service: str

    def deadline_s(self, box: str) -> float:
        """How long the service waits for the box: `DEADLINE_<BOX>_MS`."""
        edge = SYSTEM.edge(f"{self.service}→{box}")
        if edge is None:
            message = f"the contract has no edge {self.service}→{box}"
            raise LookupError(message)
        return environment.milliseconds(f"DEADLINE_{box.upper()}_MS", edge.deadline_ms) / _MS

    def breaker(self, box: str) -> CircuitBreaker:
        """A breaker for the box: `BREAKER_FAILURES`, `BREAKER_OPEN_MS`."""
        opens_after = max(1, environment.integer("BREAKER_FAILURES", _OPENS_AFTER))
        rest_ms = environment.milliseconds("BREAKER_OPEN_MS", _HALF_OPEN_AFTER_MS)
        return CircuitBreaker(box, opens_after, rest_ms / _MS, time.monotonic)

    def callee(
        self,
        box: str,
        headers: Mapping[str, str] | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> Callee:
        """A box that is called over HTTP at `<BOX>_URL`."""
        name = f"{box.upper()}_URL"
        url = environment.text(name)
        try:
            base = origin(url)
        except ValueError:
            environment.refuse(name, "an http address", repr(url), "write http://host:port")
        sent = tuple((headers or {}).items())
        return Callee(box, HttpClient(base), self.deadline_s(box), sent, breaker)

    def supabase(self, breaker: CircuitBreaker | None = None) -> Callee:
        """Supabase, where `SUPABASE_KEY` says who we are and what we may."""
        key = environment.text("SUPABASE_KEY")
        return self.callee("supabase", {"apikey": key, **bearer(key)}, breaker)


def bearer(token: str) -> dict[str, str]:
    """The header that carries a bearer token."""
    return {"authorization": f"Bearer {token}"}


def service(name: str) -> Service:
    """The contract of this service."""
    found = SYSTEM.service(name)
    if found is None:
        message = f"the contract has no service {name}"
        raise LookupError(message)
    return found


def gate(credentials: Credentials) -> Gate:
    """What the doors share: `RATE_LIMIT_FACTOR` and `MAX_BODY_BYTES`."""
    limiter = RateLimiter(_factor("RATE_LIMIT_FACTOR"), time.monotonic)
    return Gate(credentials, limiter, environment.integer("MAX_BODY_BYTES", _MAX_BODY_BYTES))


def _factor(name: str) -> float:
    value = environment.text(name, "1")
    try:
        factor = float(value)
    except ValueError:
        factor = -1.0
    # Also refuses "nan", which is not at least zero.
    if not 0 <= factor < float("inf"):
        environment.refuse(name, "a number, 0 or more", repr(value), "set it to 1, or 0 for off")
    return factor
