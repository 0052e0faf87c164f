"""`GET /health` of the web application."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pydantic import ValidationError

from contracts.worker_messages import HealthReport
from reference_impl.health import HealthCheck, Probe, Status, over_http, together
from reference_impl.unreachable import Unreachable
from reference_impl.web.worker_api import TROUBLE

if TYPE_CHECKING:
    from reference_impl.alert import Alerts
    from reference_impl.callee import Callee
    from seamwright.contract import Health

_REFUSED = 400


def health_check(  # noqa: PLR0913 - one a dependency
    term: Health,
    within_s: float,
    *,
    supabase: Callee,
    worker: Callee,
    grok: Callee,
    ddg: Callee,
    alerts: Alerts,
) -> HealthCheck:
    """Without Supabase the web is unhealthy; without anything else it is degraded.

    Each is asked for `within_s` at most.
    """
    probes: dict[str, Probe] = {
        "database": over_http(supabase, "/prospects?select=id&limit=1", within_s, _REFUSED),
        "worker": _worker(worker, alerts, within_s),
        "external_apis": together(
            over_http(grok, "/v1/models", within_s), over_http(ddg, "/html/", within_s)
        ),
    }
    return HealthCheck(term, probes, vital="database")


def _worker(worker: Callee, alerts: Alerts, within_s: float) -> Probe:
    async def probe(request_id: str) -> Status:
        began = time.monotonic()
        try:
            reply = await worker.once("GET", "/health", request_id, within_s=within_s)
            status = HealthReport.model_validate_json(reply.body).status
        except (Unreachable, ValidationError):
            alerts.begin(TROUBLE, "The worker cannot be reached.", request_id, began)
            return "unhealthy"
        alerts.end(TROUBLE, request_id, began)
        return status

    return probe
