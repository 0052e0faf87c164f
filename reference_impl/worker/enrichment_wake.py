"""Works off the queued enrichments by itself as soon as an external API is back.

breaker closes ─▶ a run ─▶ … ─▶ a run that settled nothing ─▶ wait for the next closing
       └─ while somebody asks ─▶ what they queue after that ─▶ a run
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from reference_impl import errand, request_id
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Generator

    from contracts.worker_messages import CronReport
    from reference_impl.box.log import Log
    from reference_impl.call import Call
    from reference_impl.worker.cron_enrichment import EnrichmentJob


class EnrichmentWake:
    """Starts runs; who claims an enrichment has it alone, so that one beside the cron's is fine."""

    def __init__(self, job: EnrichmentJob, log: Log) -> None:
        """Nothing is started yet."""
        self._job = job
        self._log = log
        self._running: asyncio.Task[None] | None = None
        self._again = False
        self._closings = 0

    def closed(self) -> None:
        """A breaker has closed: whatever is queued by now may be asked again."""
        self._closings += 1
        self._wake()

    @contextmanager
    def watching(self) -> Generator[None]:
        """Ask, and queue what was not answered.

        Who was turned away while a trial ran queues it after the closing that the trial brought,
        and a cron's run keeps its claim until then: that closing's own run has seen neither.
        """
        seen = self._closings
        yield
        if self._closings != seen:
            self._wake()

    async def run(self, call: Call) -> CronReport:
        """The cron's run of the job."""
        with self.watching():
            return await self._job.run(call)

    def _wake(self) -> None:
        """Start; one more round when it runs already."""
        self._again = True
        if self._running is None:
            self._running = errand.aside(self._run())

    async def _run(self) -> None:
        try:
            while self._again:
                self._again = False
                await self._round(request_id.fresh())
        finally:
            self._running = None

    async def _round(self, id_: str) -> None:
        try:
            report = await self._job.work_off(id_)
        except Refusal as refusal:
            # They stay queued, for the cron trigger or the next closing.
            self._log.line("warning", f"enrichments stay queued: {refusal}", id_)
            return
        if report.succeeded:
            self._again = True
            self._log.line("info", f"{report.succeeded} queued enrichments worked off", id_)
