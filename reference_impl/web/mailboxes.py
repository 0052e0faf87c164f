"""`/api/mailboxes`: created, changed and deleted, never read; not even what was just written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Deleted, MailboxChange, MailboxInput, MailboxReference
from reference_impl.column import columns, select
from reference_impl.postgrest import Table
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.callee import Callee


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """The endpoints."""

    table: Table

    async def create(self, call: Call) -> MailboxReference:
        """Write a new one."""
        values = columns(call.take(MailboxInput))
        return await self.table.insert(MailboxReference, values, call.request_id)

    async def change(self, call: Call) -> MailboxReference:
        """The given fields; the others stay."""
        id_, values = call.path["id"], columns(call.take(MailboxChange))
        return _found(await self.table.change(MailboxReference, id_, values, call.request_id))

    async def delete(self, call: Call) -> Deleted:
        """One by its id."""
        gone = await self.table.delete(MailboxReference, call.path["id"], call.request_id)
        return Deleted(id=_found(gone).id, deleted=True)


def mailboxes(supabase: Callee) -> Mailboxes:
    """Their endpoints, on a table of which nothing but the id is ever selected."""
    return Mailboxes(Table(supabase, "mailboxes", select(MailboxReference)))


def _found(row: MailboxReference | None) -> MailboxReference:
    if row is None:
        raise Refusal("MAILBOX_NOT_FOUND", "Nothing has this id.")
    return row
