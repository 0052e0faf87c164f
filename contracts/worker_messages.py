"""What the worker takes and answers. The first four are the seed's, field by field."""

from __future__ import annotations

from typing import Literal

from contracts.values import Address, Count, Cursor, Limit, Name, Text, Timestamp, Uuid, Website
from seamwright.contract import Message

EmailStatus = Literal["sent", "queued", "failed"]
EnrichmentType = Literal["website", "email", "both"]
EnrichmentStatus = Literal["complete", "partial", "failed"]
CronJob = Literal["outbox", "inbox", "enrichment"]
BreakerState = Literal["closed", "open", "half-open"]


class SendEmailRequest(Message):
    """Send an email to a prospect, now or at a given moment (seed)."""

    prospectId: Uuid
    campaignId: Uuid
    scheduledFor: Timestamp | None = None


class SendEmailResponse(Message):
    """What became of the email (seed)."""

    emailId: Uuid
    status: EmailStatus
    sentAt: Timestamp | None = None


class EnrichmentRequest(Message):
    """Find out more about a prospect (seed)."""

    prospectId: Uuid
    type: EnrichmentType


class EnrichmentResponse(Message):
    """What was found (seed)."""

    prospectId: Uuid
    website: Website | None = None
    email: Address | None = None
    status: EnrichmentStatus


class ByEmail(Message):
    """Which email."""

    emailId: Uuid


class ByProspect(Message):
    """Whose."""

    prospectId: Uuid


class ByJob(Message):
    """Which cron job."""

    job: CronJob


class Email(Message):
    """An email as D1 has it."""

    emailId: Uuid
    prospectId: Uuid
    campaignId: Uuid
    mailboxId: Uuid
    sender: Address
    recipient: Address
    subject: Name
    body: Text
    status: EmailStatus
    createdAt: Timestamp
    scheduledFor: Timestamp | None = None
    sentAt: Timestamp | None = None
    repliedAt: Timestamp | None = None


class EmailQuery(Message):
    """Which emails, and from where on."""

    status: EmailStatus | None = None
    prospectId: Uuid | None = None
    campaignId: Uuid | None = None
    cursor: Cursor | None = None
    limit: Limit = 20


class EmailPage(Message):
    """Emails, newest first; `nextCursor` is absent on the last page."""

    items: list[Email]
    nextCursor: Cursor | None = None


class Analytics(Message):
    """Counts over all emails and enrichments."""

    sent: Count
    queued: Count
    failed: Count
    replied: Count
    enriched: Count


class StoreComparison(Message):
    """One entity in its owner's store and in the worker's cache."""

    entity: Literal["prospects", "campaigns", "mailboxes"]
    owner: Literal["supabase"]
    ownerCount: Count
    cacheCount: Count
    ownerDigest: Name
    cacheDigest: Name
    inSync: bool


class SyncReport(Message):
    """Whether D1 and Supabase say the same; `repaired` counts the rows that were put right."""

    inSync: bool
    entities: list[StoreComparison]
    repaired: Count


class CronReport(Message):
    """What one run of a cron job did."""

    job: CronJob
    processed: Count
    succeeded: Count
    failed: Count


class Breaker(Message):
    """The state of one circuit breaker."""

    dependency: Name
    state: BreakerState
    consecutiveFailures: Count
    opensAfter: Count
    halfOpenAfterMs: Count


class Breakers(Message):
    """All circuit breakers."""

    breakers: list[Breaker]


class HealthReport(Message):
    """How a service does (seed); bare, outside of the envelope."""

    status: Literal["healthy", "degraded", "unhealthy"]
    version: Name
    uptime: Count
    dependencies: dict[str, Literal["healthy", "degraded", "unhealthy"]]
