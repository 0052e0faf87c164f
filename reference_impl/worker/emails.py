"""`GET /api/emails` and `GET /api/emails/{emailId}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.worker_messages import Email, EmailPage, EmailQuery
from reference_impl import cursor
from reference_impl.column import column, sql_select
from reference_impl.refusal import Refusal
from reference_impl.worker.d1 import Statement, given

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.worker.d1 import D1, Value

_SELECT = f"SELECT {sql_select(Email)} FROM emails"  # noqa: S608 - made of our own constants
_FILTERS = ("status", "prospectId", "campaignId")
_AFTER = "(created_at, email_id) < (?, ?)"


@dataclass(frozen=True, slots=True)
class Emails:
    """The endpoints."""

    d1: D1

    async def list(self, call: Call) -> EmailPage:
        """One page, newest first."""
        query = call.take(EmailQuery)
        (rows,) = await self.d1.run(call.request_id, _statement(query))
        found = [Email.model_validate(given(row)) for row in rows]
        items, more = found[: query.limit], found[query.limit :]
        if not more:
            return EmailPage(items=items)
        last = cursor.Cursor(items[-1].createdAt, items[-1].emailId)
        return EmailPage(items=items, nextCursor=last.encode())

    async def read(self, call: Call) -> Email:
        """One by its id."""
        statement = Statement(f"{_SELECT} WHERE email_id = ?1", (call.path["emailId"],))
        (rows,) = await self.d1.run(call.request_id, statement)
        if not rows:
            raise Refusal("EMAIL_NOT_FOUND", "There is no such email.")
        return Email.model_validate(given(rows[0]))


def _statement(query: EmailQuery) -> Statement:
    asked: dict[str, Value] = query.model_dump(include=set(_FILTERS), exclude_none=True)
    conditions = [f"{column(name)} = ?" for name in asked]
    params: list[Value] = list(asked.values())
    if query.cursor is not None:
        after = cursor.decode(query.cursor)
        conditions.append(_AFTER)
        params += [after.moment, after.id]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = " ORDER BY created_at DESC, email_id DESC LIMIT ?"
    return Statement(_SELECT + where + order, (*params, query.limit + 1))
