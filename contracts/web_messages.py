"""What the web application takes and answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.values import Address, Cursor, Limit, Name, Text, Timestamp, Uuid, Website
from seamwright.contract import Message

ProspectStatus = Literal["new", "contacted", "replied"]
CampaignStatus = Literal["draft", "active", "paused"]
DailyLimit = Annotated[int, Field(ge=1, le=10_000)]


class ById(Message):
    """Which one."""

    id: Uuid


class ProspectInput(Message):
    """A new prospect."""

    name: Name
    company: Name | None = None
    email: Address | None = None
    website: Website | None = None


class ProspectChange(Message):
    """The fields of a prospect that change; the others stay."""

    name: Name | None = None
    company: Name | None = None
    email: Address | None = None
    website: Website | None = None
    status: ProspectStatus | None = None


class Prospect(Message):
    """A prospect as Supabase has it."""

    id: Uuid
    name: Name
    company: Name | None = None
    email: Address | None = None
    website: Website | None = None
    status: ProspectStatus
    createdAt: Timestamp
    updatedAt: Timestamp


class ProspectPage(Message):
    """Prospects, newest first; `nextCursor` is absent on the last page."""

    items: list[Prospect]
    nextCursor: Cursor | None = None


class CampaignInput(Message):
    """A new campaign."""

    name: Name
    subject: Name
    body: Text
    status: CampaignStatus = "draft"


class CampaignChange(Message):
    """The fields of a campaign that change; the others stay."""

    name: Name | None = None
    subject: Name | None = None
    body: Text | None = None
    status: CampaignStatus | None = None


class Campaign(Message):
    """A campaign as Supabase has it."""

    id: Uuid
    name: Name
    subject: Name
    body: Text
    status: CampaignStatus
    createdAt: Timestamp
    updatedAt: Timestamp


class CampaignPage(Message):
    """Campaigns, newest first; `nextCursor` is absent on the last page."""

    items: list[Campaign]
    nextCursor: Cursor | None = None


class PageQuery(Message):
    """Which page of a list."""

    cursor: Cursor | None = None
    limit: Limit = 20


class MailboxInput(Message):
    """A new mailbox to send from."""

    address: Address
    displayName: Name | None = None
    healthy: bool = True
    dailyLimit: DailyLimit = 50


class MailboxChange(Message):
    """The fields of a mailbox that change; the others stay."""

    address: Address | None = None
    displayName: Name | None = None
    healthy: bool | None = None
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

    campaignId: Uuid
    scheduledFor: Timestamp | None = None


class EnrichProspect(Message):
    """What to find out about this prospect."""

    type: Literal["website", "email", "both"]


class DraftRequest(Message):
    """The campaign that a draft is for."""

    campaignId: Uuid


class Draft(Message):
    """A draft for one prospect."""

    subject: Name
    body: Text


class SearchQuery(Message):
    """What to search the web for."""

    q: Name


class SearchResult(Message):
    """One hit."""

    title: Name
    url: Website
    snippet: str


class SearchResults(Message):
    """All hits of a search."""

    results: list[SearchResult]
