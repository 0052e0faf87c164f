"""What the web application takes and answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.values import (
    Address,
    Body,
    CampaignId,
    Created,
    From,
    Name,
    NextCursor,
    PageSize,
    Scheduled,
    Subject,
    Updated,
    Uuid,
    Website,
)
from seamwright.contract import Message

ProspectStatus = Literal["new", "contacted", "replied"]
CampaignStatus = Literal["draft", "active", "paused"]
DailyLimit = Annotated[
    int, Field(ge=1, le=10_000, description="Most emails that it sends within a day")
]
Company = Annotated[Name, Field(description="Company of the prospect")]
CompanyWebsite = Annotated[Website, Field(description="Website of the company")]
Person = Annotated[Name, Field(description="Name of the prospect")]
PersonAddress = Annotated[Address, Field(description="Email address of the prospect")]
Title = Annotated[Name, Field(description="Name of the campaign")]
Sender = Annotated[Address, Field(description="Address that it sends from")]
SenderName = Annotated[Name, Field(description="Name that recipients see")]
Healthy = Annotated[bool, Field(description="Whether it may be sent from")]


class ById(Message):
    """Which one."""

    id: Uuid


class ProspectInput(Message):
    """A new prospect."""

    name: Person
    company: Company | None = None
    email: PersonAddress | None = None
    website: CompanyWebsite | None = None


class ProspectChange(Message):
    """The fields of a prospect that change; the others stay."""

    name: Person | None = None
    company: Company | None = None
    email: PersonAddress | None = None
    website: CompanyWebsite | None = None
    status: ProspectStatus | None = None


class Prospect(Message):
    """A prospect as Supabase has it."""

    id: Uuid
    name: Person
    company: Company | None = None
    email: PersonAddress | None = None
    website: CompanyWebsite | None = None
    status: ProspectStatus
    createdAt: Created
    updatedAt: Updated


class ProspectPage(Message):
    """Prospects, newest first; `nextCursor` is absent on the last page."""

    items: list[Prospect]
    nextCursor: NextCursor | None = None


class CampaignInput(Message):
    """A new campaign."""

    name: Title
    subject: Subject
    body: Body
    status: CampaignStatus = "draft"


class CampaignChange(Message):
    """The fields of a campaign that change; the others stay."""

    name: Title | None = None
    subject: Subject | None = None
    body: Body | None = None
    status: CampaignStatus | None = None


class Campaign(Message):
    """A campaign as Supabase has it."""

    id: Uuid
    name: Title
    subject: Subject
    body: Body
    status: CampaignStatus
    createdAt: Created
    updatedAt: Updated


class CampaignPage(Message):
    """Campaigns, newest first; `nextCursor` is absent on the last page."""

    items: list[Campaign]
    nextCursor: NextCursor | None = None


class PageQuery(Message):
    """Which page of a list."""

    cursor: From | None = None
    limit: PageSize = 20


class MailboxInput(Message):
    """A new mailbox to send from."""

    address: Sender
    displayName: SenderName | None = None
    healthy: Healthy = True
    dailyLimit: DailyLimit = 50


class MailboxChange(Message):
    """The fields of a mailbox that change; the others stay."""

    address: Sender | None = None
    displayName: SenderName | None = None
    healthy: Healthy | None = None
    dailyLimit: DailyLimit | None = None


class MailboxReference(Message):
    """Which mailbox was written. No more: the ownership matrix gives the web no read."""

    id: Uuid


class Deleted(Message):
    """What was deleted."""

    id: Uuid
    deleted: Literal[True]


class SendProspectEmail(Message):
    """Send this prospect an email of a campaign."""

    campaignId: CampaignId
    scheduledFor: Scheduled | None = None


class EnrichProspect(Message):
    """What to find out about this prospect."""

    type: Annotated[Literal["website", "email", "both"], Field(description="What to find out")]


class DraftRequest(Message):
    """The campaign that a draft is for."""

    campaignId: CampaignId


class Draft(Message):
    """A draft for one prospect."""

    subject: Subject
    body: Body


class SearchQuery(Message):
    """What to search the web for."""

    q: Annotated[Name, Field(description="Words to search for")]


class SearchResult(Message):
    """One hit."""

    title: Annotated[Name, Field(description="Title of the page")]
    url: Annotated[Website, Field(description="Address of the page")]
    snippet: Annotated[str, Field(description="Some of its text")]


class SearchResults(Message):
    """All hits of a search."""

    results: list[SearchResult]
