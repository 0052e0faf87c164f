"""A schema as a class or a type can say it: its fields, its choices, null apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from seamwright.contract.description.document import Schema

_PLACE = "#/$defs/"
FOR_PEOPLE = frozenset(
    {
        "title",
        "description",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "$comment",
    }
)
"""Keywords that change nothing of what a schema takes."""
NOTHING: Schema = {"not": {}}


def reference(schema: Schema) -> str | None:
    """The definition that a schema names."""
    said = schema.get("$ref")
    return said.removeprefix(_PLACE) if isinstance(said, str) else None


def is_bare_reference(schema: Schema) -> bool:
    """Whether a schema is a reference and says nothing else but for people."""
    return "$ref" in schema and set(schema) - FOR_PEOPLE <= {"$ref"}


def properties(schema: Schema) -> dict[str, Schema]:
    """The fields of a schema that has been followed."""
    return cast("dict[str, Schema]", schema.get("properties", {}))


def closed_values(schema: Schema) -> list[object] | None:
    """The values of a closed set of them; None where it is open."""
    if "enum" in schema:
        return cast("list[object]", schema["enum"])
    return [schema["const"]] if "const" in schema else None


def without_null(schema: Schema) -> tuple[Schema, bool]:
    """A schema without null among its values, and whether it was."""
    types = schema.get("type")
    if isinstance(types, list) and "null" in types:
        return _typed_without_null(
            schema, [one for one in cast("list[str]", types) if one != "null"]
        )
    for key in ("anyOf", "oneOf"):
        members = cast("list[Schema]", schema.get(key, []))
        kept = [one for one in members if one.get("type") != "null"]
        if len(kept) < len(members) and kept:
            rest = {name: one for name, one in schema.items() if name != key}
            # What stands beside the choice may refuse null, whatever the choice says.
            null = _takes_null(rest)
            if len(kept) > 1:
                return {**rest, key: kept}, null
            return ({"allOf": [kept[0], rest]} if rest else kept[0]), null
    return schema, False


def _takes_null(schema: Schema) -> bool:
    """Whether the types and choices of a schema let null be, and those of what holds beside it."""
    said = schema.get("type", "null")
    if said != "null" and not (isinstance(said, list) and "null" in said):
        return False
    if None not in (closed_values(schema) or [None]):
        return False
    return all(_takes_null(one) for one in cast("list[Schema]", schema.get("allOf", [])))


def _typed_without_null(schema: Schema, kept: list[str]) -> tuple[Schema, bool]:
    values = closed_values(schema)
    others = [one for one in values or () if one is not None]
    if not kept or (values is not None and not others):
        return schema, False
    rest: Schema = {**schema, "type": kept[0] if len(kept) == 1 else kept}
    if "enum" in rest:
        rest["enum"] = others
    return rest, _takes_null(schema)


def names_something(value: object) -> bool:
    """Whether a reference stands anywhere within a JSON value."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            fields = cast("Schema", here)
            if isinstance(fields.get("$ref"), str):
                return True
            waiting.extend(fields.values())
        elif isinstance(here, list):
            waiting.extend(cast("list[object]", here))
    return False
