"""`GET /health` of the web application."""

from __future__ import annotations

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

# The worker asks its own dependencies for 0.8 s at most, so that its answer is here in time.
_WITHIN_S = 1.0
_REFUSED = 400


def health_check(
    term: Health, *, supabase: Callee, worker: Callee, grok: Callee, ddg: Callee, alerts: Alerts
) -> HealthCheck:
    """Without Supabase the web is unhealthy; without anything else it is degraded."""
    probes: dict[str, Probe] = {
        "database": over_http(supabase, "/prospects?select=id&limit=1", _WITHIN_S, _REFUSED),
        "worker": _worker(worker, alerts),
        "external_apis": together(
            over_http(grok, "/v1/models", _WITHIN_S), over_http(ddg, "/html/", _WITHIN_S)
        ),
    }
    return HealthCheck(term, probes, vital="database")


def _worker(worker: Callee, alerts: Alerts) -> Probe:
    async def probe(request_id: str) -> Status:
        try:
            reply = await worker.once("GET", "/health", request_id, within_s=_WITHIN_S)
            status = HealthReport.model_validate_json(reply.body).status
        except (Unreachable, ValidationError):
            alerts.begin(TROUBLE, "The worker cannot be reached.", request_id)
            return "unhealthy"
        alerts.end(TROUBLE)
        return status

    return probe
