"""The cron job `inbox`: reads replies, and notes which emails they answer."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.worker_messages import CronReport
from reference_impl import moment
from reference_impl.refusal import Refusal
from reference_impl.unreachable import Unreachable
from reference_impl.worker.d1 import Statement
from reference_impl.worker.records import Mailbox

if TYPE_CHECKING:
    from reference_impl.box.log import Log
    from reference_impl.call import Call
    from reference_impl.worker.d1 import D1
    from reference_impl.worker.imap import Imap, Unseen
    from reference_impl.worker.records import Records

_SIDE_BY_SIDE = 8
_ALL = {"order": "id", "limit": "1000"}
# Our Message-IDs begin with the email's id (see `mail`).
_OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
# The first reply is the one that counts, however often it is read.
_REPLIED = """
UPDATE emails SET replied_at = coalesce(replied_at, ?1)
WHERE email_id IN (SELECT value FROM json_each(?2))
RETURNING email_id AS id
"""


@dataclass(frozen=True, slots=True)
class InboxJob:
    """The job."""

    records: Records
    d1: D1
    imap: Imap
    log: Log

    async def run(self, call: Call) -> CronReport:
        """Every mailbox; a message that answers none of our emails is left unread.

        Raises:
            Refusal: MAIL_UNAVAILABLE when there are mailboxes and not one could be opened.
        """
        addresses = await self._addresses(call.request_id)
        turn = asyncio.Semaphore(_SIDE_BY_SIDE)
        done = await asyncio.gather(*(self._read(one, turn, call.request_id) for one in addresses))
        opened = [one for one in done if one is not None]
        if addresses and not opened:
            raise Refusal("MAIL_UNAVAILABLE", "The mail server cannot be reached right now.")
        read, matched = sum(one[0] for one in opened), sum(one[1] for one in opened)
        return CronReport(job="inbox", processed=read, succeeded=matched, failed=read - matched)

    async def _addresses(self, request_id: str) -> list[str]:
        """Of every mailbox that is known: of none where Supabase is away and was never read."""
        try:
            mailboxes = await self.records.mailboxes.rows(Mailbox, _ALL, request_id)
        except Refusal as refusal:
            if refusal.code != "SUPABASE_UNAVAILABLE":
                raise
            for note in (str(refusal), *getattr(refusal, "__notes__", ())):
                self.log.line("error", f"no mailbox is known: {note}", request_id)
            return []
        return sorted({mailbox.address for mailbox in mailboxes})

    async def _read(
        self, address: str, turn: asyncio.Semaphore, request_id: str
    ) -> tuple[int, int] | None:
        """How many replies were read and how many matched, or None where we could not get in."""
        try:
            async with turn, self.imap.inbox(address) as inbox:
                replies = [one for one in await inbox.unseen() if _answered(one)]
                known = await self._note(replies, request_id)
                await inbox.mark_seen([one.uid for one in replies])
        except Unreachable as error:
            self.log.line("warning", f"inbox not read: {error}", request_id, mailbox=address)
            return None
        return len(replies), sum(not known.isdisjoint(_answered(one)) for one in replies)

    async def _note(self, replies: list[Unseen], request_id: str) -> set[str]:
        ids = sorted({id_ for reply in replies for id_ in _answered(reply)})
        if not ids:
            return set()
        statement = Statement(_REPLIED, (moment.now(), json.dumps(ids)))
        (rows,) = await self.d1.run(request_id, statement)
        return {str(row["id"]) for row in rows}


def _answered(message: Unseen) -> set[str]:
    """The ids of our emails that a message names."""
    return set(_OURS.findall(message.references))
