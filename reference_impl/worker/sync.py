"""`GET /api/sync` and `POST /api/sync`: whether the worker's cache in D1 says what Supabase says.

Supabase ─▶ rows ─┐
├─▶ count and digest of each entity, side by side
D1 cache ─▶ rows ─┘        └─ POST: what differs is written, what is gone is deleted
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.web_messages import Campaign, Prospect
from contracts.worker_messages import StoreComparison, SyncReport
from reference_impl.worker import cache
from reference_impl.worker.records import Mailbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from reference_impl.call import Call
    from reference_impl.postgrest import Table
    from reference_impl.worker.cache import Entity, Rows
    from reference_impl.worker.d1 import D1
    from reference_impl.worker.records import Records

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Sync:
    """The endpoints."""

    records: Records
    d1: D1

    async def compare(self, call: Call) -> SyncReport:
        """Both sides as they are."""
        owned, cached = await asyncio.gather(
            self._owned(call.request_id), cache.read(self.d1, call.request_id)
        )
        return _report(owned, cached, repaired=0)

    async def repair(self, call: Call) -> SyncReport:
        """Make the cache what its owner says, and show both sides as they are then."""
        owned, cached = await asyncio.gather(
            self._owned(call.request_id), cache.read(self.d1, call.request_id)
        )
        repairs = cache.repairs(owned, cached)
        if not repairs.rows:
            return _report(owned, cached, repaired=0)
        await self.d1.run(call.request_id, *repairs.statements)
        cached = await cache.read(self.d1, call.request_id)
        return _report(owned, cached, repaired=repairs.rows)

    async def _owned(self, request_id: str) -> Mapping[Entity, Rows]:
        prospects, campaigns, mailboxes = await asyncio.gather(
            _all(self.records.prospects, Prospect, request_id),
            _all(self.records.campaigns, Campaign, request_id),
            _all(self.records.mailboxes, Mailbox, request_id),
        )
        return {"prospects": prospects, "campaigns": campaigns, "mailboxes": mailboxes}


async def _all(table: Table, model: type[Prospect | Campaign | Mailbox], request_id: str) -> Rows:
    """Every row as JSON, by id; page by page, since PostgREST may be set to give only so many."""
    found: Rows = {}
    query = {"order": "id", "limit": str(_PAGE)}
    while True:
        rows: list[Prospect | Campaign | Mailbox] = await table.rows(model, query, request_id)
        found |= {row.id: _text(row) for row in rows}
        if len(rows) < _PAGE:
            return found
        query = {**query, "id": f"gt.{rows[-1].id}"}


def _report(
    owned: Mapping[Entity, Rows], cached: Mapping[Entity, Rows], *, repaired: int
) -> SyncReport:
    entities = [_comparison(entity, owned[entity], cached[entity]) for entity in owned]
    in_sync = all(one.inSync for one in entities)
    return SyncReport(inSync=in_sync, entities=entities, repaired=repaired)


def _comparison(entity: Entity, owned: Rows, cached: Rows) -> StoreComparison:
    owner_digest, cache_digest = _digest(owned), _digest(cached)
    return StoreComparison(
        entity=entity,
        owner="supabase",
        ownerCount=len(owned),
        cacheCount=len(cached),
        ownerDigest=owner_digest,
        cacheDigest=cache_digest,
        inSync=owner_digest == cache_digest,
    )


def _digest(rows: Rows) -> str:
    sum_ = hashlib.sha256()
    for id_ in sorted(rows):
        sum_.update(f"{id_}\0{rows[id_]}\0".encode())
    return f"sha256:{sum_.hexdigest()}"


def _text(row: BaseModel) -> str:
    return row.model_dump_json(exclude_none=True)
