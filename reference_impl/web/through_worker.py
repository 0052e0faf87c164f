"""What the web lets the worker do, and the one result that it fetches and writes itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import EnrichProspect, Prospect, SendProspectEmail
from contracts.worker_messages import (
    Analytics,
    EnrichmentRequest,
    EnrichmentResponse,
    SendEmailRequest,
    SendEmailResponse,
)
from reference_impl.idempotency import key_of, with_key

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.web.records import Records
    from reference_impl.web.worker_api import WorkerApi


@dataclass(frozen=True, slots=True)
class ThroughWorker:
    """The endpoints."""

    worker: WorkerApi
    prospects: Records[Prospect]

    async def send_email(self, call: Call) -> SendEmailResponse:
        """`POST /api/prospects/{id}/send-email`, under the caller's key or one of our own.

        Where the worker's answer is lost, the order can be given again, and is one email.
        """
        asked = call.take(SendProspectEmail)
        order = {"prospectId": call.path["id"], **asked.model_dump(exclude_none=True)}
        body = SendEmailRequest.model_validate(order)
        keyed = call if key_of(call) else with_key(call, f"web-{uuid.uuid4()}")
        return await self.worker.ask(keyed, "POST", "/api/send-email", SendEmailResponse, body)

    async def enrich(self, call: Call) -> EnrichmentResponse:
        """`POST /api/prospects/{id}/enrich`."""
        asked = call.take(EnrichProspect)
        body = EnrichmentRequest(prospectId=call.path["id"], type=asked.type)
        return await self.worker.ask(call, "POST", "/api/enrich", EnrichmentResponse, body)

    async def apply_enrichment(self, call: Call) -> Prospect:
        """`POST /api/prospects/{id}/apply-enrichment`."""
        id_ = call.path["id"]
        path = f"/api/enrichments/{id_}"
        found = await self.worker.ask(call, "GET", path, EnrichmentResponse)
        offered: dict[str, object] = {"website": found.website, "email": found.email}
        values = {name: value for name, value in offered.items() if value is not None}
        return await self.prospects.write(id_, values, call.request_id)

    async def analytics(self, call: Call) -> Analytics:
        """`GET /api/analytics`."""
        return await self.worker.ask(call, "GET", "/api/analytics", Analytics)
