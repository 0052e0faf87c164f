"""`POST /api/send-email`.

D1: key used before? ─▶ Supabase: prospect, campaign, mailboxes ─▶ D1: queued ─▶ SMTP ─▶ D1: outcome
"""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Campaign, Prospect
from contracts.worker_messages import SendEmailRequest, SendEmailResponse
from reference_impl import moment
from reference_impl.idempotency import key_of
from reference_impl.refusal import Refusal
from reference_impl.worker import send_key
from reference_impl.worker.mail import Mail
from reference_impl.worker.records import Mailbox

if TYPE_CHECKING:
    from reference_impl.alert import Alerts
    from reference_impl.call import Call
    from reference_impl.worker.delivery import Delivery
    from reference_impl.worker.outbox import Outbox, Status
    from reference_impl.worker.records import Records
    from reference_impl.worker.send_key import First, Keyed

_HEALTHY = {"healthy": "eq.true", "order": "id", "limit": "100"}
_NO_MAILBOX = "MAILBOX_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class SendEmail:
    """The endpoint."""

    records: Records
    outbox: Outbox
    delivery: Delivery
    alerts: Alerts

    async def send(self, call: Call) -> SendEmailResponse:
        """Send now, or leave it to the outbox; the same key again gets the first result."""
        asked = call.take(SendEmailRequest)
        key = key_of(call)
        keyed = None if key is None else send_key.keyed(key, asked)
        if keyed is not None:
            first = await self.outbox.first(keyed.key, call.request_id)
            if first is not None:
                return _again(first, keyed)
        mail = await self._mail(asked, call.request_id)
        scheduled_for = moment.normal(asked.scheduledFor) if asked.scheduledFor else None
        later = scheduled_for is not None and scheduled_for > moment.text(self.outbox.clock())
        first = await self.outbox.put(mail, scheduled_for if later else None, keyed)
        if first is not None and keyed is not None:
            return _again(first, keyed)
        if later:
            return SendEmailResponse(emailId=mail.emailId, status="queued")
        outcome, _ = await self.delivery.deliver(mail, mail.emailId, call.request_id, first=True)
        return _response(mail.emailId, outcome.status, outcome.sent_at)

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
            self.alerts.begin(_NO_MAILBOX, "There is no healthy mailbox.", request_id)
            raise Refusal(_NO_MAILBOX, "No healthy mailbox to send from right now.")
        self.alerts.end(_NO_MAILBOX)
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


def _again(first: First, keyed: Keyed) -> SendEmailResponse:
    if first.asked != keyed.asked:
        message = "This Idempotency-Key was used for another order in the last 24 hours."
        raise Refusal("IDEMPOTENCY_KEY_REUSED", message)
    return _response(first.emailId, first.status, first.sentAt)


def _response(email_id: str, status: Status, sent_at: str | None) -> SendEmailResponse:
    if sent_at is None:
        return SendEmailResponse(emailId=email_id, status=status)
    return SendEmailResponse(emailId=email_id, status=status, sentAt=sent_at)
