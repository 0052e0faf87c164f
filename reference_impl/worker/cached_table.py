"""A table of Supabase that can still be read when Supabase cannot: from the copy in D1, marked so.

read ─▶ Supabase ──rows──▶ answer, and into the copy
           └─ away, late, its breaker open ─▶ copy ──rows──▶ answer with `x-cache: stale; age=…`
                                                └─ none ─▶ SUPABASE_UNAVAILABLE
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from reference_impl import errand, moment
from reference_impl.postgrest import Table
from reference_impl.refusal import Refusal
from reference_impl.worker import cache
from reference_impl.worker.cache_query import cache_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.worker.cache import Entity
    from reference_impl.worker.cache_keeper import CacheKeeper
    from reference_impl.worker.d1 import D1

_Row = TypeVar("_Row", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Found(Generic[_Row]):
    """Rows, and whether they are a copy: what is not among them may exist all the same then."""

    rows: list[_Row]
    copied: bool


@dataclass(frozen=True, slots=True)
class CachedTable(Table):
    """The table and its copy.

    Attributes:
        entity: its name in the copy.
        d1: where the copy is.
        keeper: who writes the copy.
    """

    entity: Entity
    d1: D1
    keeper: CacheKeeper

    async def rows(
        self, model: type[_Row], query: Mapping[str, str], request_id: str
    ) -> list[_Row]:
        """The rows that fit; of the copy only where it has some.

        Raises:
            Refusal: SUPABASE_UNAVAILABLE, or D1_UNAVAILABLE when neither can be reached.
        """
        return (await self.find(model, query, request_id)).rows

    async def find(
        self, model: type[_Row], query: Mapping[str, str], request_id: str
    ) -> Found[_Row]:
        """The same, and where they are from."""
        asked = cache_query(self.entity, query)
        asked_at = moment.now()
        try:
            fresh = await Table.rows(self, model, query, request_id)
        except Refusal as refusal:
            self.keeper.served()
            (kept,) = await self.d1.run(request_id, asked.reading())
            # An empty copy does not say that there is nothing.
            if not kept:
                raise
            message = f"{self.entity} from the cache: {'; '.join(refusal.__notes__)}"
            self.supabase.warn(message, request_id)
            errand.current().mark(max(_age_s(str(row["seen_at"])) for row in kept))
            return Found([model.model_validate_json(str(row["row"])) for row in kept], copied=True)
        rows = {_id(row): cache.text(row) for row in fresh}
        self.keeper.keep(asked, rows, asked_at, request_id)
        return Found(fresh, copied=False)


def _id(row: BaseModel) -> str:
    return str(row.model_dump(include={"id"})["id"])


def _age_s(seen_at: str) -> float:
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(seen_at)).total_seconds())
