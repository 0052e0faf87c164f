"""`/api/prospects`, kept in Supabase's table of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.web_messages import Prospect, ProspectPage
from reference_impl.column import select
from reference_impl.postgrest import Table
from reference_impl.web.records import Records

if TYPE_CHECKING:
    from reference_impl.callee import Callee


def prospects(supabase: Callee) -> Records[Prospect]:
    """Their endpoints."""
    table = Table(supabase, "prospects", select(Prospect))
    return Records(table, Prospect, _page, "PROSPECT_NOT_FOUND")


def _page(items: list[Prospect], following: str | None) -> ProspectPage:
    if following is None:
        return ProspectPage(items=items)
    return ProspectPage(items=items, nextCursor=following)
