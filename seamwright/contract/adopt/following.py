"""A schema at the end of its references, and the schemas of which one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.merging import merged
from seamwright.contract.adopt.shape import reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.description.document import Schema

_LONGEST_CHAIN = 20


def followed(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """A schema itself, its references followed; `{}` where they lead in a circle."""
    for _ in range(_LONGEST_CHAIN):
        schema = merged(schema, definitions)
        name = reference(schema)
        if name is None:
            return schema
        schema = definitions.get(name, {})
    return {}


def either(schema: Schema, definitions: Mapping[str, Schema]) -> list[Schema]:
    """The schemas of which one holds; the schema itself where it is no choice."""
    whole = followed(schema, definitions)
    for key in ("oneOf", "anyOf"):
        members = cast("list[Schema]", whole.get(key, []))
        if members and "properties" not in whole:
            return [followed(one, definitions) for one in members]
    return [whole]
