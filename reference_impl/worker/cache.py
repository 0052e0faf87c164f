"""The worker's copy of Supabase's entities in D1."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reference_impl.worker.d1 import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reference_impl.worker.d1 import D1

Entity = Literal["prospects", "campaigns", "mailboxes"]
# Id → the whole record as JSON.
Rows = dict[str, str]

# D1 takes parameters of 2 MB at most.
_PART_BYTES = 500_000
_READ = "SELECT id, row FROM cache WHERE entity = ?1"
_WRITE = """
INSERT INTO cache (entity, id, row)
SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2)
WHERE true
ON CONFLICT (entity, id) DO UPDATE SET row = excluded.row
"""
_DELETE = "DELETE FROM cache WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))"
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
    """The difference."""
    count = 0
    statements: list[Statement] = []
    for entity in _ENTITIES:
        mine, theirs = cached[entity], owned[entity]
        changed = [(id_, row) for id_, row in theirs.items() if mine.get(id_) != row]
        gone = sorted(mine.keys() - theirs.keys())
        count += len(changed) + len(gone)
        statements += [Statement(_WRITE, (entity, part)) for part in _parts(changed)]
        statements += [Statement(_DELETE, (entity, part)) for part in _parts(gone)]
    return Repairs(count, tuple(statements))


def _parts(items: Sequence[object]) -> Iterator[str]:
    """JSON arrays of the items, none of them much longer than D1 likes."""
    texts: list[str] = []
    size = 0
    for item in items:
        text = json.dumps(item)
        if texts and size + len(text) > _PART_BYTES:
            yield f"[{','.join(texts)}]"
            texts, size = [], 0
        texts.append(text)
        size += len(text)
    if texts:
        yield f"[{','.join(texts)}]"
