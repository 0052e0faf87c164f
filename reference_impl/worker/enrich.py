"""`POST /api/enrich` and `GET /api/enrichments/{prospectId}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Prospect
from contracts.worker_messages import EnrichmentRequest, EnrichmentResponse
from reference_impl import errand
from reference_impl.refusal import Refusal
from reference_impl.worker import enrichment_store

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.postgrest import Table
    from reference_impl.worker.d1 import D1
    from reference_impl.worker.enrichment import Enricher
    from reference_impl.worker.enrichment_wake import EnrichmentWake

_TO_WRITE_IT_DOWN = 0.3


@dataclass(frozen=True, slots=True)
class Enriching:
    """The endpoints."""

    prospects: Table
    enricher: Enricher
    d1: D1
    wake: EnrichmentWake

    async def enrich(self, call: Call) -> EnrichmentResponse:
        """What can be found out at once; the rest is queued."""
        asked = call.take(EnrichmentRequest)
        prospect = await self.prospects.row(Prospect, asked.prospectId, call.request_id)
        if prospect is None:
            raise Refusal("PROSPECT_NOT_FOUND", "There is no such prospect.")
        with self.wake.watching():
            # A caller who has given up would never learn that the rest is queued.
            with errand.sparing(_TO_WRITE_IT_DOWN):
                finding = await self.enricher.find(prospect, asked.type, call.request_id)
            await self.d1.run(call.request_id, enrichment_store.storing(finding))
        return finding.response()

    async def read(self, call: Call) -> EnrichmentResponse:
        """What is known."""
        found = await enrichment_store.read(self.d1, call.path["prospectId"], call.request_id)
        if found is None:
            raise Refusal("ENRICHMENT_NOT_FOUND", "Nothing was found out about this prospect yet.")
        return found
