"""`POST /api/send-email`.

Supabase: prospect, campaign, mailboxes ─▶ D1: queued ─▶ SMTP ─▶ D1: what became of it
"""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Campaign, Prospect
from contracts.worker_messages import SendEmailRequest, SendEmailResponse
from reference_impl import moment
from reference_impl.refusal import Refusal
from reference_impl.worker import outbox
from reference_impl.worker.mail import Mail
from reference_impl.worker.records import Mailbox

if TYPE_CHECKING:
    from reference_impl.box.log import Log
    from reference_impl.call import Call
    from reference_impl.worker.d1 import D1
    from reference_impl.worker.delivery import Delivery
    from reference_impl.worker.outbox import Outcome
    from reference_impl.worker.records import Records

_HEALTHY = {"healthy": "eq.true", "order": "id", "limit": "100"}


@dataclass(frozen=True, slots=True)
class SendEmail:
    """The endpoint."""

    records: Records
    d1: D1
    delivery: Delivery
    log: Log

    async def send(self, call: Call) -> SendEmailResponse:
        """Send now, or leave it to the outbox."""
        asked = call.take(SendEmailRequest)
        mail = await self._mail(asked, call.request_id)
        created_at = moment.now()
        scheduled_for = moment.normal(asked.scheduledFor) if asked.scheduledFor else None
        later = scheduled_for is not None and scheduled_for > created_at
        insertion = outbox.insertion(mail, created_at, scheduled_for if later else None)
        await self.d1.run(call.request_id, insertion)
        if later:
            return SendEmailResponse(emailId=mail.emailId, status="queued")
        outcome, sent_at = await self.delivery.send(mail, call.request_id)
        await self._settle(mail, outcome, sent_at)
        if sent_at is None:
            return SendEmailResponse(emailId=mail.emailId, status=outcome)
        return SendEmailResponse(emailId=mail.emailId, status=outcome, sentAt=sent_at)

    async def _mail(self, asked: SendEmailRequest, request_id: str) -> Mail:
        records = self.records
        prospect, campaign, mailboxes = await asyncio.gather(
            records.prospects.row(Prospect, asked.prospectId, request_id),
            records.campaigns.row(Campaign, asked.campaignId, request_id),
            records.mailboxes.rows(Mailbox, _HEALTHY, request_id),
        )
        if prospect is None:
            raise Refusal("PROSPECT_NOT_FOUND", "There is no such prospect.")
        if campaign is None:
            raise Refusal("CAMPAIGN_NOT_FOUND", "There is no such campaign.")
        if prospect.email is None:
            raise Refusal("PROSPECT_WITHOUT_EMAIL", "The prospect has no email address.")
        if not mailboxes:
            raise Refusal("MAILBOX_UNAVAILABLE", "No healthy mailbox to send from right now.")
        email_id = uuid.uuid4()
        # The id is random, so that the load is spread over the mailboxes.
        mailbox = mailboxes[email_id.int % len(mailboxes)]
        return Mail(
            emailId=str(email_id),
            prospectId=prospect.id,
            campaignId=campaign.id,
            mailboxId=mailbox.id,
            sender=mailbox.address,
            senderName=mailbox.displayName,
            recipient=prospect.email,
            subject=campaign.subject,
            body=campaign.body,
            requestId=request_id,
        )

    async def _settle(self, mail: Mail, outcome: Outcome, sent_at: str | None) -> None:
        """An error now would make the caller send once more what has gone out already.

        So the answer says what is true; the row keeps its claim, and says so later.
        """
        try:
            await self.d1.run(mail.requestId, outbox.settlement(mail, outcome, sent_at))
        except Refusal as refusal:
            message = f"{outcome}, but D1 does not know: {refusal}"
            self.log.line("error", message, mail.requestId, emailId=mail.emailId)
