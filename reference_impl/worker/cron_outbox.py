"""The cron job `outbox`: sends what is due."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.worker_messages import CronReport
from reference_impl import request_id as ids

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.worker.delivery import Delivery
    from reference_impl.worker.mail import Mail
    from reference_impl.worker.outbox import Claim, Outbox

_SIDE_BY_SIDE = 8


@dataclass(frozen=True, slots=True)
class OutboxJob:
    """The job."""

    outbox: Outbox
    delivery: Delivery

    async def run(self, call: Call) -> CronReport:
        """One claim's worth of emails; what stays queued counts as failed in this run.

        Nothing more is begun when the claim is about to end, or once D1 no longer takes what became
        of an email: what is left then keeps its claim, and is sent when that has ended.
        """
        # Two runs may carry the same request ID; their claims are two all the same.
        claim = await self.outbox.claim(ids.fresh(), call.request_id)
        turn = asyncio.Semaphore(_SIDE_BY_SIDE)
        blocked = asyncio.Event()
        done = await asyncio.gather(
            *(self._send(mail, claim, turn, blocked, call.request_id) for mail in claim.mails)
        )
        sent = sum(done)
        return CronReport(
            job="outbox", processed=len(done), succeeded=sent, failed=len(done) - sent
        )

    async def _send(
        self,
        mail: Mail,
        claim: Claim,
        turn: asyncio.Semaphore,
        blocked: asyncio.Event,
        request_id: str,
    ) -> bool:
        """Whether it was sent."""
        async with turn:
            if blocked.is_set() or not self.outbox.is_time_left(claim):
                return False
            outcome, settled = await self.delivery.deliver(mail, claim.name, request_id)
        if not settled:
            blocked.set()
        return outcome.status == "sent"
