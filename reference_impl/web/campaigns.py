"""`/api/campaigns`, kept in Supabase's table of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.web_messages import Campaign, CampaignPage
from reference_impl.column import select
from reference_impl.postgrest import Table
from reference_impl.web.records import Records

if TYPE_CHECKING:
    from reference_impl.callee import Callee


def campaigns(supabase: Callee) -> Records[Campaign]:
    """Their endpoints."""
    table = Table(supabase, "campaigns", select(Campaign))
    return Records(table, Campaign, _page, "CAMPAIGN_NOT_FOUND")


def _page(items: list[Campaign], following: str | None) -> CampaignPage:
    if following is None:
        return CampaignPage(items=items)
    return CampaignPage(items=items, nextCursor=following)
