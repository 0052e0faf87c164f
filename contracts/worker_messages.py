"""What the worker takes and answers. The first four are the seed's, field by field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.values import (
    Address,
    Body,
    CampaignId,
    Count,
    Created,
    EmailId,
    From,
    MailboxId,
    Name,
    NextCursor,
    PageSize,
    ProspectId,
    Scheduled,
    Sent,
    Subject,
    Timestamp,
    Website,
)
from seamwright.contract import Message

EmailStatus = Annotated[
    Literal["sent", "queued", "failed"], Field(description="What became of the email")
]
EnrichmentType = Annotated[
    Literal["website", "email", "both"], Field(description="What to find out")
]
EnrichmentStatus = Annotated[
    Literal["complete", "partial", "failed"],
    Field(description="How much was found; what is missing is queued"),
]
FoundWebsite = Annotated[Website, Field(description="Website of the prospect's company")]
FoundAddress = Annotated[Address, Field(description="Email address of the prospect")]
CronJob = Literal["outbox", "inbox", "enrichment"]
BreakerState = Literal["closed", "open", "half-open"]


class SendEmailRequest(Message):
    """Send an email to a prospect, now or at a given moment (seed)."""

    prospectId: ProspectId
    campaignId: CampaignId
    scheduledFor: Scheduled | None = None


class OrderHeaders(Message):
    """How an order is made safe to repeat: the same key is answered with the first result, 24 h."""

    key: Annotated[
        str | None,
        Field(
            alias="idempotency-key",
            min_length=1,
            max_length=200,
            pattern=r"^[!-~]+$",
            description="Yours for this order; the same again is not sent twice, for 24 hours",
        ),
    ] = None


class SendEmailResponse(Message):
    """What became of the email (seed)."""

    emailId: EmailId
    status: EmailStatus
    sentAt: Sent | None = None


class EnrichmentRequest(Message):
    """Find out more about a prospect (seed)."""

    prospectId: ProspectId
    type: EnrichmentType


class EnrichmentResponse(Message):
    """What was found (seed)."""

    prospectId: ProspectId
    website: FoundWebsite | None = None
    email: FoundAddress | None = None
    status: EnrichmentStatus


class ByEmail(Message):
    """Which email."""

    emailId: EmailId


class ByProspect(Message):
    """Whose."""

    prospectId: ProspectId


class ByJob(Message):
    """Which cron job."""

    job: CronJob


class Email(Message):
    """An email as D1 has it."""

    emailId: EmailId
    prospectId: ProspectId
    campaignId: CampaignId
    mailboxId: MailboxId
    sender: Annotated[Address, Field(description="Address of the mailbox")]
    recipient: Annotated[Address, Field(description="Address of the prospect")]
    subject: Subject
    body: Body
    status: EmailStatus
    createdAt: Created
    scheduledFor: Scheduled | None = None
    sentAt: Sent | None = None
    repliedAt: Annotated[Timestamp, Field(description="When a reply was read")] | None = None


class EmailQuery(Message):
    """Which emails, and from where on."""

    status: EmailStatus | None = None
    prospectId: ProspectId | None = None
    campaignId: CampaignId | None = None
    cursor: From | None = None
    limit: PageSize = 20


class EmailPage(Message):
    """Emails, newest first; `nextCursor` is absent on the last page."""

    items: list[Email]
    nextCursor: NextCursor | None = None


class Analytics(Message):
    """Counts over all emails and enrichments."""

    sent: Annotated[Count, Field(description="Emails that a mail server took")]
    queued: Annotated[Count, Field(description="Emails that are still to be sent")]
    failed: Annotated[Count, Field(description="Emails that will never be sent")]
    replied: Annotated[Count, Field(description="Emails that were answered")]
    enriched: Annotated[Count, Field(description="Prospects of whom something was found")]


class StoreComparison(Message):
    """One entity in its owner's store and in the worker's cache."""

    entity: Literal["prospects", "campaigns", "mailboxes"]
    owner: Literal["supabase"]
    ownerCount: Annotated[Count, Field(description="Rows in Supabase")]
    cacheCount: Annotated[Count, Field(description="Rows in D1")]
    ownerDigest: Annotated[Name, Field(description="Digest of the rows in Supabase")]
    cacheDigest: Annotated[Name, Field(description="Digest of the rows in D1")]
    inSync: Annotated[bool, Field(description="Whether both digests are the same")]


class SyncReport(Message):
    """Whether D1 and Supabase say the same; `repaired` counts the rows that were put right."""

    inSync: Annotated[bool, Field(description="Whether all entities are in sync")]
    entities: list[StoreComparison]
    repaired: Annotated[Count, Field(description="Rows that were put right")]


class CronReport(Message):
    """What one run of a cron job did."""

    job: CronJob
    processed: Annotated[Count, Field(description="What was due")]
    succeeded: Annotated[Count, Field(description="What was done")]
    failed: Annotated[Count, Field(description="What stays due, or can never be done")]


class Breaker(Message):
    """The state of one circuit breaker."""

    dependency: Annotated[Name, Field(description="Whom it guards the calls to")]
    state: BreakerState
    consecutiveFailures: Annotated[Count, Field(description="Failures since the last success")]
    opensAfter: Annotated[Count, Field(description="Failures after which it opens")]
    halfOpenAfterMs: Annotated[Count, Field(description="How long it stays open")]


class Breakers(Message):
    """All circuit breakers."""

    breakers: list[Breaker]


class HealthReport(Message):
    """How a service does (seed); bare, outside of the envelope."""

    status: Literal["healthy", "degraded", "unhealthy"]
    version: Annotated[Name, Field(description="Version of the service")]
    uptime: Annotated[Count, Field(description="Seconds since it started")]
    dependencies: dict[str, Literal["healthy", "degraded", "unhealthy"]]
