"""`GET /health` of the worker."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pydantic_core import to_json

from reference_impl.health import HealthCheck, Probe, Status, behind, over_http, together
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from reference_impl.callee import Callee
    from reference_impl.worker.d1 import D1
    from reference_impl.worker.imap import Imap
    from reference_impl.worker.smtp import Smtp
    from seamwright.contract import Health

_FINE = 200
_REFUSED = 400


def health_check(  # noqa: PLR0913 - one a dependency
    term: Health,
    within_s: float,
    *,
    supabase: Callee,
    d1: D1,
    smtp: Smtp,
    imap: Imap,
    grok: Callee,
    ddg: Callee,
) -> HealthCheck:
    """Without D1 the worker is unhealthy; without anything else it is degraded.

    Each is asked for `within_s` at most.
    """
    probes: dict[str, Probe] = {
        "database": over_http(supabase, "/prospects?select=id&limit=1", within_s, _REFUSED),
        "cache": _d1(d1, within_s),
        "smtp": behind(smtp.breaker, _in_time("smtp", smtp.probe, within_s)),
        "imap": _imap(imap, within_s),
        "external_apis": together(
            over_http(grok, "/v1/models", within_s), over_http(ddg, "/html/", within_s)
        ),
    }
    return HealthCheck(term, probes, vital="cache")


def _d1(d1: D1, within_s: float) -> Probe:
    body = to_json({"sql": "SELECT 1"})

    async def probe(request_id: str) -> Status:
        reply = await d1.box.once("POST", d1.path, request_id, body, within_s=within_s)
        return "healthy" if reply.status == _FINE else "unhealthy"

    return probe


def _imap(imap: Imap, within_s: float) -> Probe:
    async def probe(_request_id: str) -> Status:
        return await imap.probe(within_s)

    return probe


def _in_time(box: str, inner: Probe, within_s: float) -> Probe:
    async def probe(request_id: str) -> Status:
        try:
            async with asyncio.timeout(within_s):
                return await inner(request_id)
        except TimeoutError as error:
            raise Unreachable(box, f"no answer within {within_s:g} s") from error

    return probe
