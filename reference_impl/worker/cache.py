"""The worker's copy of Supabase's entities in D1."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reference_impl import moment
from reference_impl.worker.d1 import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from reference_impl.worker.d1 import D1

Entity = Literal["prospects", "campaigns", "mailboxes"]
# Id → the whole record as JSON.
Rows = dict[str, str]

# D1 takes parameters of 2 MB at most.
_PART_BYTES = 500_000
_READ = "SELECT id, row FROM cache WHERE entity = ?1"
_WRITE = """
INSERT INTO cache (entity, id, row, seen_at)
SELECT ?1, value ->> 0, value ->> 1, ?3 FROM json_each(?2)
WHERE true
ON CONFLICT (entity, id) DO UPDATE SET row = excluded.row, seen_at = excluded.seen_at
WHERE excluded.seen_at >= seen_at
"""
_DELETE = "DELETE FROM cache WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))"
_SEEN = "UPDATE cache SET seen_at = ?2 WHERE entity = ?1"
_ENTITIES: tuple[Entity, ...] = ("prospects", "campaigns", "mailboxes")


@dataclass(frozen=True, slots=True)
class Repairs:
    """What makes the copy what its owner says; `rows` counts the records that differ."""

    rows: int
    statements: tuple[Statement, ...] = field(default=())


async def read(d1: D1, request_id: str) -> Mapping[Entity, Rows]:
    """All of the copy."""
    statements = [Statement(_READ, (entity,)) for entity in _ENTITIES]
    found = await d1.run(request_id, *statements)
    return {
        entity: {str(row["id"]): str(row["row"]) for row in rows}
        for entity, rows in zip(_ENTITIES, found, strict=True)
    }


def repairs(owned: Mapping[Entity, Rows], cached: Mapping[Entity, Rows]) -> Repairs:
    """The difference; what is the same was seen to be so just now."""
    count = 0
    statements: list[Statement] = []
    seen_at = moment.now()
    for entity in _ENTITIES:
        mine, theirs = cached[entity], owned[entity]
        changed = [(id_, row) for id_, row in theirs.items() if mine.get(id_) != row]
        gone = sorted(mine.keys() - theirs.keys())
        count += len(changed) + len(gone)
        statements += writing(entity, changed, seen_at)
        statements += [Statement(_DELETE, (entity, part)) for part in _parts(gone)]
        statements.append(Statement(_SEEN, (entity, seen_at)))
    return Repairs(count, tuple(statements))


def writing(entity: Entity, rows: Sequence[tuple[str, str]], seen_at: str) -> Iterator[Statement]:
    """Put records in, by id, as their owner had them at that moment; what is younger stays."""
    for part in _parts(rows):
        yield Statement(_WRITE, (entity, part, seen_at))


def text(row: BaseModel) -> str:
    """A record as it is kept."""
    return row.model_dump_json(exclude_none=True)


def _parts(items: Sequence[object]) -> Iterator[str]:
    """JSON arrays of the items, none of them much longer than D1 likes."""
    texts: list[str] = []
    size = 0
    for item in items:
        one = json.dumps(item)
        if texts and size + len(one) > _PART_BYTES:
            yield f"[{','.join(texts)}]"
            texts, size = [], 0
        texts.append(one)
        size += len(one)
    if texts:
        yield f"[{','.join(texts)}]"
