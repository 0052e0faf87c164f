"""What was asked of Supabase, asked of its copy: PostgREST's filters as SQL over JSON.

{"healthy": "eq.true", "order": "id", "limit": "100"}
    ─▶ json_extract(row, '$.healthy') = ?2 … ORDER BY id LIMIT 100
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reference_impl.worker.d1 import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reference_impl.worker.cache import Entity
    from reference_impl.worker.d1 import Value

_TRUTH = {"true": 1, "false": 0}
_COMPARISONS = {"eq": "=", "gt": ">"}
_ABOUT_ORDER = ("order", "limit")


@dataclass(frozen=True, slots=True)
class CacheQuery:
    """A question to one table, as far as the worker asks any: `eq`, `gt`, `in`, by id.

    Attributes:
        entity: which table.
        conditions: SQL.
        params: for the conditions; the entity is the first.
        limit: how many rows at most, or None.
    """

    entity: Entity
    conditions: str
    params: tuple[Value, ...]
    limit: int | None

    def reading(self) -> Statement:
        """Reads the rows that fit, oldest id first."""
        limit = "" if self.limit is None else f" LIMIT {self.limit}"
        where = f"{self.conditions} ORDER BY id{limit}"
        sql = f"SELECT row, seen_at FROM cache WHERE {where}"  # noqa: S608 - made of our own words
        return Statement(sql, self.params)

    def forgetting(self, ids: Sequence[str], asked_at: str) -> Statement:
        """Takes out what would fit, and was not among all that there were when that was asked."""
        known, then = len(self.params) + 1, len(self.params) + 2
        gone = f"NOT {_among('id', known)} AND seen_at <= ?{then}"
        sql = f"DELETE FROM cache WHERE {self.conditions} AND {gone}"  # noqa: S608 - made of our own words
        return Statement(sql, (*self.params, json.dumps(list(ids)), asked_at))


def cache_query(entity: Entity, query: Mapping[str, str]) -> CacheQuery:
    """The same question to the copy.

    Raises:
        LookupError: when it is one that the copy was never meant to be asked.
    """
    conditions = ["entity = ?1"]
    params: list[Value] = [entity]
    for name, wanted in query.items():
        if name in _ABOUT_ORDER:
            continue
        place = "id" if name == "id" else f"json_extract(row, '$.{_plain(name)}')"
        operator, _, operand = wanted.partition(".")
        if operator == "in":
            params.append(json.dumps(operand.strip("()").split(",")))
            conditions.append(_among(place, len(params)))
        elif operator in _COMPARISONS:
            params.append(_TRUTH.get(operand, operand))
            conditions.append(f"{place} {_COMPARISONS[operator]} ?{len(params)}")
        else:
            message = f"the copy knows no {wanted!r}"
            raise LookupError(message)
    if query.get("order", "id") != "id":
        message = f"the copy has no order {query['order']!r}"
        raise LookupError(message)
    limit = int(query["limit"]) if "limit" in query else None
    return CacheQuery(entity, " AND ".join(conditions), tuple(params), limit)


def _among(place: str, param: int) -> str:
    """Whether it is one of a JSON array."""
    return f"{place} IN (SELECT value FROM json_each(?{param}))"  # noqa: S608 - our own words


def _plain(name: str) -> str:
    """A column whose name is the message's field too, and no SQL of somebody else."""
    if not (name.isascii() and name.isalpha()):
        message = f"the copy has no column {name!r}"
        raise LookupError(message)
    return name
