"""Create, list, read, change, delete: the records that the web keeps in Supabase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from contracts.web_messages import Campaign, Deleted, PageQuery, Prospect
from reference_impl import cursor
from reference_impl.column import columns
from reference_impl.refusal import Refusal
from seamwright.contract import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from reference_impl.call import Call
    from reference_impl.postgrest import Table

_Record = TypeVar("_Record", Prospect, Campaign)


@dataclass(frozen=True, slots=True)
class Records(Generic[_Record]):
    """The endpoints of one kind of record.

    Attributes:
        table: where they are.
        model: what one is.
        page: makes a page of some, and where the next begins.
        missing: the code for an id that none has.
    """

    table: Table
    model: type[_Record]
    page: Callable[[list[_Record], str | None], Message]
    missing: str

    async def create(self, call: Call) -> Message:
        """Write a new one."""
        values = columns(call.take(Message))
        return await self.table.insert(self.model, values, call.request_id)

    async def list(self, call: Call) -> Message:
        """One page, newest first."""
        query = call.take(PageQuery)
        after = cursor.decode(query.cursor) if query.cursor else None
        rows = await self.table.page(self.model, query.limit, after, call.request_id)
        items, more = rows[: query.limit], rows[query.limit :]
        last = cursor.Cursor(items[-1].createdAt, items[-1].id).encode() if more else None
        return self.page(items, last)

    async def read(self, call: Call) -> Message:
        """One by its id."""
        return await self.find(call.path["id"], call.request_id)

    async def change(self, call: Call) -> Message:
        """The given fields; the others stay."""
        return await self.write(call.path["id"], columns(call.take(Message)), call.request_id)

    async def delete(self, call: Call) -> Message:
        """One by its id."""
        gone = await self.table.delete(self.model, call.path["id"], call.request_id)
        return Deleted(id=self._found(gone).id, deleted=True)

    async def find(self, id_: str, request_id: str) -> _Record:
        """The one with this id, or a refusal (404)."""
        return self._found(await self.table.row(self.model, id_, request_id))

    async def write(self, id_: str, values: dict[str, object], request_id: str) -> _Record:
        """The one with this id after the change, or a refusal (404)."""
        return self._found(await self.table.change(self.model, id_, values, request_id))

    def _found(self, row: _Record | None) -> _Record:
        if row is None:
            raise Refusal(self.missing, "Nothing has this id.")
        return row
