"""How a service does: its dependencies asked in parallel, each for a short while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal

from contracts.worker_messages import HealthReport
from reference_impl.answer import Answer, bare
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.callee import Callee
    from reference_impl.circuit_breaker import CircuitBreaker
    from seamwright.contract import Health

Status = Literal["healthy", "degraded", "unhealthy"]
Probe = Callable[[str], Awaitable[Status]]

_VERSION = "1.0.0"
_BROKEN = 500
_FINE = 200


class HealthCheck:
    """Answers `GET /health` of one service."""

    def __init__(self, term: Health, probes: Mapping[str, Probe], vital: str) -> None:
        """Without the `vital` dependency the service is unhealthy, without another degraded."""
        if set(probes) != set(term.dependencies):
            message = f"probes {sorted(probes)}, promised {sorted(term.dependencies)}"
            raise ValueError(message)
        self._term = term
        self._probes = probes
        self._vital = vital
        self._started = time.monotonic()

    async def report(self, request_id: str) -> Answer:
        """The bare report; 503 when unhealthy."""
        names = list(self._probes)
        found = await asyncio.gather(*(_bounded(self._probes[name], request_id) for name in names))
        statuses = dict(zip(names, found, strict=True))
        overall = _overall(statuses, self._vital)
        report = HealthReport(
            status=overall,
            version=_VERSION,
            uptime=int(time.monotonic() - self._started),
            dependencies=statuses,
        )
        return bare(report, self._term.unhealthy_status if overall == "unhealthy" else _FINE)


def over_http(callee: Callee, target: str, within_s: float, below: int = _BROKEN) -> Probe:
    """Healthy when the box answers in time, and with a status below that one.

    Unless told otherwise any answer will do that is no failure of its own: an API of somebody else
    has no address that is made for this. A box that asked to be left alone is, also by us.
    """

    async def probe(request_id: str) -> Status:
        if callee.quiet.left_s > 0:
            return "degraded"
        reply = await callee.once("GET", target, request_id, within_s=within_s)
        return "healthy" if reply.status < below else "unhealthy"

    return behind(callee.breaker, probe) if callee.breaker else probe


def behind(breaker: CircuitBreaker, probe: Probe) -> Probe:
    """What the breaker knows counts too: open, nobody is asked; half-open, nothing is quite well.

    A probe is not the trial: it asks for less than those who come to work.
    """

    async def guarded(request_id: str) -> Status:
        if breaker.state == "open":
            return "unhealthy"
        found = await probe(request_id)
        return "degraded" if found == "healthy" and breaker.state != "closed" else found

    return guarded


def together(*probes: Probe) -> Probe:
    """One dependency made of several: degraded when some are down, unhealthy when all are."""

    async def probe(request_id: str) -> Status:
        found = await asyncio.gather(*(_bounded(one, request_id) for one in probes))
        if all(status == "healthy" for status in found):
            return "healthy"
        return "unhealthy" if all(status == "unhealthy" for status in found) else "degraded"

    return probe


def _overall(statuses: Mapping[str, Status], vital: str) -> Status:
    if statuses[vital] == "unhealthy":
        return "unhealthy"
    sound = all(status == "healthy" for status in statuses.values())
    return "healthy" if sound else "degraded"


async def _bounded(probe: Probe, request_id: str) -> Status:
    try:
        return await probe(request_id)
    except Unreachable:
        return "unhealthy"
