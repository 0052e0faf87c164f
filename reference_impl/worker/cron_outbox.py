"""The cron job `outbox`: sends what is due."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.worker_messages import CronReport
from reference_impl.worker import outbox

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.worker.d1 import D1, Statement
    from reference_impl.worker.delivery import Delivery
    from reference_impl.worker.mail import Mail

_SIDE_BY_SIDE = 8


@dataclass(frozen=True, slots=True)
class OutboxJob:
    """The job."""

    d1: D1
    delivery: Delivery

    async def run(self, call: Call) -> CronReport:
        """One claim's worth of emails; what stays queued counts as failed in this run."""
        mails = await outbox.claim(self.d1, call.request_id)
        turn = asyncio.Semaphore(_SIDE_BY_SIDE)
        done = await asyncio.gather(*(self._send(mail, turn, call.request_id) for mail in mails))
        if done:
            await self.d1.run(call.request_id, *(statement for _, statement in done))
        sent = sum(was_sent for was_sent, _ in done)
        return CronReport(
            job="outbox", processed=len(done), succeeded=sent, failed=len(done) - sent
        )

    async def _send(
        self, mail: Mail, turn: asyncio.Semaphore, request_id: str
    ) -> tuple[bool, Statement]:
        async with turn:
            outcome, sent_at = await self.delivery.send(mail, request_id)
        return outcome == "sent", outbox.settlement(mail, outcome, sent_at)
