"""The cron job `enrichment`: asks again what an external API could not say before.

claim ─▶ prospects ─▶ Grok ∥ DuckDuckGo ─▶ written down
              └─ nobody can say who they are ─▶ the claim is given back
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Prospect
from contracts.worker_messages import CronReport
from reference_impl import moment
from reference_impl.refusal import Refusal
from reference_impl.worker import enrichment_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from reference_impl.box.log import Log
    from reference_impl.call import Call
    from reference_impl.worker.cached_table import CachedTable
    from reference_impl.worker.d1 import D1, Statement
    from reference_impl.worker.enrichment import Enricher
    from reference_impl.worker.enrichment_store import Queued

_SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class EnrichmentJob:
    """The job.

    Attributes:
        prospects: about whom.
        enricher: who is asked.
        d1: where the queue is.
        log: where it is written down that prospects cannot be read.
        claim_s: how long the queued that were taken are nobody else's.
        clock: this moment.
    """

    prospects: CachedTable
    enricher: Enricher
    d1: D1
    log: Log
    claim_s: float
    clock: Callable[[], datetime] = moment.clock

    async def run(self, call: Call) -> CronReport:
        """What the cron trigger gets to hear."""
        return await self.work_off(call.request_id)

    async def work_off(self, request_id: str) -> CronReport:
        """One claim's worth; what stays queued counts as failed in this run."""
        queued = await enrichment_store.claim(self.d1, self.clock(), self.claim_s, request_id)
        if not queued:
            return CronReport(job="enrichment", processed=0, succeeded=0, failed=0)
        known, certain = await self._prospects(queued, request_id)
        turn = asyncio.Semaphore(_SIDE_BY_SIDE)

        async def settle(one: Queued) -> tuple[bool, Statement]:
            prospect = known.get(one.prospectId)
            if prospect is None:
                return False, enrichment_store.dropping(one.prospectId, for_good=certain)
            async with turn:
                finding = await self.enricher.find(prospect, one.type, request_id)
            return not finding.queued, enrichment_store.storing(finding)

        done = await asyncio.gather(*map(settle, queued))
        await self.d1.run(request_id, *(statement for _, statement in done))
        settled = sum(was_settled for was_settled, _ in done)
        return CronReport(
            job="enrichment",
            processed=len(done),
            succeeded=settled,
            failed=len(done) - settled,
        )

    async def _prospects(
        self, queued: list[Queued], request_id: str
    ) -> tuple[Mapping[str, Prospect], bool]:
        """Those that are known, by id, and whether the others are gone rather than unknown."""
        ids = ",".join(one.prospectId for one in queued)
        try:
            found = await self.prospects.find(Prospect, {"id": f"in.({ids})"}, request_id)
        except Refusal as refusal:
            for note in (str(refusal), *getattr(refusal, "__notes__", ())):
                self.log.line("warning", f"queued for later: {note}", request_id)
            return {}, False
        return {row.id: row for row in found.rows}, not found.copied
