"""What both services read from the environment; the contract's values are the defaults.

Every duration can be set, so that an outage of a minute can be played in a second.
"""

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
from reference_impl.quiet import Quiet
from reference_impl.rate_limit import RateLimiter
from reference_impl.retry import Backoff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.box.log import Log
    from reference_impl.credential import Credentials
    from seamwright.contract import Service

_MS = 1_000
_OPENS_AFTER = 5
_HALF_OPEN_AFTER_MS = 30_000
_ATTEMPTS = 3
_FIRST_WAIT_MS = 50
_LONGEST_WAIT_MS = 500
_CONNECT_MS = 1_000
# The web asks the worker too, whose own answer has to be there in time.
_HEALTH_WITHIN_MS = {"web": 1_000, "worker": 800}
_LONGEST_QUIET_MS = 3_600_000
_MAX_BODY_BYTES = 64 << 10
# The rest is for the way of the answer.
_PART_OF_PATIENCE = 0.9


@dataclass(frozen=True, slots=True)
class Edges:
    """The far ends of one service's edges, and where failed attempts are written down."""

    service: str
    log: Log

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
        connect_s = environment.milliseconds("CONNECT_MS", _CONNECT_MS) / _MS
        quiet_s = environment.milliseconds("RETRY_AFTER_MOST_MS", _LONGEST_QUIET_MS) / _MS
        return Callee(
            name=box,
            client=HttpClient(base, connect_s),
            deadline_s=self.deadline_s(box),
            quiet=Quiet(quiet_s, time.monotonic),
            headers=tuple((headers or {}).items()),
            breaker=breaker,
            backoff=backoff(),
            log=self.log,
        )

    def supabase(self, breaker: CircuitBreaker | None = None) -> Callee:
        """Supabase, where `SUPABASE_KEY` says who we are and what we may."""
        key = environment.text("SUPABASE_KEY")
        return self.callee("supabase", {"apikey": key, **bearer(key)}, breaker)


def backoff() -> Backoff:
    """How attempts are repeated: `RETRY_ATTEMPTS`, `RETRY_BASE_MS`, `RETRY_CAP_MS`."""
    return Backoff(
        attempts=max(1, environment.integer("RETRY_ATTEMPTS", _ATTEMPTS)),
        base_s=environment.milliseconds("RETRY_BASE_MS", _FIRST_WAIT_MS) / _MS,
        cap_s=environment.milliseconds("RETRY_CAP_MS", _LONGEST_WAIT_MS) / _MS,
    )


def health_within_s(service: str) -> float:
    """How long each dependency is asked how it does: `HEALTH_WITHIN_MS`."""
    return environment.milliseconds("HEALTH_WITHIN_MS", _HEALTH_WITHIN_MS[service]) / _MS


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


def gate(service: str, credentials: Credentials) -> Gate:
    """What the doors share: `RATE_LIMIT_FACTOR`, `MAX_BODY_BYTES` and `PATIENCE_<CALLER>_MS`."""
    limiter = RateLimiter(_factor("RATE_LIMIT_FACTOR"), time.monotonic)
    max_body_bytes = environment.integer("MAX_BODY_BYTES", _MAX_BODY_BYTES)
    return Gate(credentials, limiter, max_body_bytes, _patience_s(service))


def _patience_s(service: str) -> dict[str, float]:
    """How long we may take for each caller that has a deadline: less than that."""
    edges = [edge for edge in SYSTEM.edges if edge.callee == service]
    return {
        edge.caller: environment.milliseconds(
            f"PATIENCE_{edge.caller.upper()}_MS", edge.deadline_ms
        )
        * _PART_OF_PATIENCE
        / _MS
        for edge in edges
    }


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
