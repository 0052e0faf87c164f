"""The cron job `enrichment`: asks again what an external API could not say before."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Prospect
from contracts.worker_messages import CronReport
from reference_impl.worker import enrichment_store

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.postgrest import Table
    from reference_impl.worker.d1 import D1, Statement
    from reference_impl.worker.enrichment import Enricher
    from reference_impl.worker.enrichment_store import Queued

_SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class EnrichmentJob:
    """The job."""

    prospects: Table
    enricher: Enricher
    d1: D1

    async def run(self, call: Call) -> CronReport:
        """One claim's worth; what stays queued counts as failed in this run."""
        queued = await enrichment_store.claim(self.d1, call.request_id)
        if not queued:
            return CronReport(job="enrichment", processed=0, succeeded=0, failed=0)
        known = await self._prospects(queued, call.request_id)
        turn = asyncio.Semaphore(_SIDE_BY_SIDE)
        work = (self._find(known.get(one.prospectId), one, turn, call) for one in queued)
        done = await asyncio.gather(*work)
        await self.d1.run(call.request_id, *(statement for _, statement in done))
        settled = sum(was_settled for was_settled, _ in done)
        return CronReport(
            job="enrichment",
            processed=len(done),
            succeeded=settled,
            failed=len(done) - settled,
        )

    async def _prospects(self, queued: list[Queued], request_id: str) -> dict[str, Prospect]:
        ids = ",".join(one.prospectId for one in queued)
        rows = await self.prospects.rows(Prospect, {"id": f"in.({ids})"}, request_id)
        return {row.id: row for row in rows}

    async def _find(
        self, prospect: Prospect | None, one: Queued, turn: asyncio.Semaphore, call: Call
    ) -> tuple[bool, Statement]:
        if prospect is None:
            return False, enrichment_store.forgetting(one.prospectId)
        async with turn:
            finding = await self.enricher.find(prospect, one.type, call.request_id)
        return not finding.queued, enrichment_store.storing(finding)
