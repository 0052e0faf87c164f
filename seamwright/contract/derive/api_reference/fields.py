"""The fields of a message as rows of a table, nested ones by their path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.api_reference.markdown import NO, NOTHING, YES, sentence, text
from seamwright.contract.derive.api_reference.type_words import (
    constraint_words,
    followed,
    type_words,
)
from seamwright.contract.derive.json_schema import message_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from seamwright.contract.derive.json_schema import Schema

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Field:
    """A row, its cells escaped.

    Attributes:
        path: `items[].emailId`; of a body that is no object `(body)`.
        type: in words.
        required: `Yes` or `No`.
        description: for people.
    """

    path: str
    type: str
    required: str
    description: str


def fields(model: type[BaseModel] | None) -> list[Field]:
    """All fields of a message, and those within them."""
    return [] if model is None else schema_fields(message_schema(model))


def schema_fields(schema: Schema) -> list[Field]:
    """All fields of a schema of a message."""
    definitions = cast("Schema", schema.get("$defs", {}))
    whole, name = followed(schema, definitions)
    rows = list(_rows(whole, definitions, "", frozenset({name})))
    if rows or whole.get("type") == "object":
        return rows
    top = _row("(body)", whole, definitions, required=True)
    return [top, *_within(whole, definitions, "(body)", frozenset({name}))]


def _rows(
    schema: Schema, definitions: Schema, path: str, within: frozenset[str]
) -> Iterator[Field]:
    if len(within) > _DEEPEST:
        return
    required = cast("list[str]", schema.get("required", []))
    for name, one in cast("dict[str, Schema]", schema.get("properties", {})).items():
        here = f"{path}.{text(name)}" if path else text(name)
        yield _row(here, one, definitions, required=name in required)
        yield from _within(one, definitions, here, within)
    others = schema.get("additionalProperties")
    if isinstance(others, dict) and others:
        here = f"{path}.\\*" if path else "\\*"
        yield _row(here, cast("Schema", others), definitions, required=False)
        yield from _within(cast("Schema", others), definitions, here, within)


def _within(
    schema: Schema, definitions: Schema, path: str, within: frozenset[str]
) -> Iterator[Field]:
    """The fields within a field; those of a message that it is a part of itself are told there."""
    said, name = followed(schema, definitions)
    if name and name in within:
        return
    within |= {name or path}
    items = said.get("items")
    if isinstance(items, dict):
        yield from _within(cast("Schema", items), definitions, f"{path}[]", within)
    for one in cast("list[Schema]", said.get("anyOf", said.get("oneOf", []))):
        yield from _within(one, definitions, path, within)
    yield from _rows(said, definitions, path, within)


def _row(path: str, schema: Schema, definitions: Schema, *, required: bool) -> Field:
    said, _ = followed(schema, definitions)
    # What a message says of itself belongs to its own section, not to each field that holds one.
    told = said if "$ref" not in schema else schema
    said_of_it = told.get("description")
    constraint = constraint_words(schema, definitions)
    parts = (
        sentence(said_of_it) if isinstance(said_of_it, str) else "",
        f"{constraint[:1].upper()}{constraint[1:]}." if constraint else "",
    )
    return Field(
        path,
        type_words(schema, definitions),
        YES if required else NO,
        " ".join(filter(None, parts)) or NOTHING,
    )
