"""The same three tables, read from their copy in D1 where Supabase cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reference_impl.worker.cached_table import CachedTable
from reference_impl.worker.records import Records

if TYPE_CHECKING:
    from reference_impl.postgrest import Table
    from reference_impl.worker.cache import Entity
    from reference_impl.worker.cache_keeper import CacheKeeper
    from reference_impl.worker.d1 import D1


@dataclass(frozen=True, slots=True)
class CachedRecords(Records):
    """The three tables, each with its copy."""

    prospects: CachedTable
    campaigns: CachedTable
    mailboxes: CachedTable


def cached_records(owned: Records, d1: D1, keeper: CacheKeeper) -> CachedRecords:
    """The tables as their owner has them, with their copies in this D1."""

    def cached(table: Table, entity: Entity) -> CachedTable:
        return CachedTable(table.supabase, table.name, table.select, entity, d1, keeper)

    return CachedRecords(
        cached(owned.prospects, "prospects"),
        cached(owned.campaigns, "campaigns"),
        cached(owned.mailboxes, "mailboxes"),
    )
