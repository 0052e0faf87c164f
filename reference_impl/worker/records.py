"""What the worker reads in Supabase; it may write nothing there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Campaign, Prospect
from reference_impl.column import select
from reference_impl.foreign import Foreign
from reference_impl.postgrest import Table

if TYPE_CHECKING:
    from reference_impl.callee import Callee


class Mailbox(Foreign):
    """A mailbox to send from. No message of the contract has it: nobody else may read it."""

    id: str
    address: str
    displayName: str | None = None  # noqa: N815 - as the web's messages name it
    healthy: bool
    dailyLimit: int  # noqa: N815
    createdAt: str  # noqa: N815
    updatedAt: str  # noqa: N815


@dataclass(frozen=True, slots=True)
class Records:
    """The three tables."""

    prospects: Table
    campaigns: Table
    mailboxes: Table


def records(supabase: Callee) -> Records:
    """The tables, with all the columns that the worker may see."""
    return Records(
        Table(supabase, "prospects", select(Prospect)),
        Table(supabase, "campaigns", select(Campaign)),
        Table(supabase, "mailboxes", select(Mailbox)),
    )
