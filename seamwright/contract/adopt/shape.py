"""A schema as a class or a type can say it: `allOf` merged, null apart, members with their kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.description.document import Schema

_PLACE = "#/$defs/"
_MOST_PARTS = 200
_LONGEST_CHAIN = 20
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


def merged(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """A schema without `allOf`, and without a reference that more stands beside.

    Of what several parts say the closest counts: properties and required ones are put together, of
    another keyword the first one is taken. A lone reference stays, with the words around it.
    """
    parts = [one for one in _parts(schema) if one]
    lone = [one for one in parts if set(one) - FOR_PEOPLE]
    if len(lone) == 1 and is_bare_reference(lone[0]):
        return {key: one for part in reversed(parts) for key, one in part.items()}
    whole: Schema = {}
    for part in parts:
        name = reference(part)
        target = definitions.get(name, {}) if name is not None else None
        if target is not None:
            inner = merged(target, definitions) if not _names(target, name) else {}
            named = reference(inner)
            # A definition that is but another one's name.
            inner = definitions.get(named, {}) if named is not None else inner
            _add(whole, {key: one for key, one in inner.items() if key not in FOR_PEOPLE})
        _add(whole, {key: one for key, one in part.items() if key != "$ref"})
    return whole


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


def properties(schema: Schema) -> dict[str, Schema]:
    """The fields of a schema that has been followed."""
    return cast("dict[str, Schema]", schema.get("properties", {}))


def closed_values(schema: Schema) -> list[object] | None:
    """The values of a closed set of them; None where it is open."""
    if "enum" in schema:
        return cast("list[object]", schema["enum"])
    return [schema["const"]] if "const" in schema else None


def _names(schema: Schema, name: str | None) -> bool:
    """Whether a definition is a part of itself by way of `allOf`."""
    return any(reference(one) == name for one in cast("list[Schema]", schema.get("allOf", [])))


def _parts(schema: Schema) -> list[Schema]:
    """The parts that all hold: what stands in `allOf`, however deep, and what stands around it."""
    found: list[Schema] = []
    waiting: list[Schema] = [schema]
    while waiting and len(found) < _MOST_PARTS:
        here = waiting.pop(0)
        found.append({key: one for key, one in here.items() if key != "allOf"})
        waiting = [*cast("list[Schema]", here.get("allOf", [])), *waiting]
    return found


def _add(whole: Schema, part: Schema) -> None:
    for key, value in part.items():
        if key == "properties":
            known = cast("dict[str, Schema]", whole.get(key, {}))
            for name, one in cast("dict[str, Schema]", value).items():
                known = {**known, name: {"allOf": [known[name], one]} if name in known else one}
            whole[key] = known
        elif key == "required":
            told = [*cast("list[str]", whole.get(key, [])), *cast("list[str]", value)]
            whole[key] = list(dict.fromkeys(told))
        elif key == "additionalProperties" and NOTHING in (value, whole.get(key)):
            whole[key] = NOTHING
        else:
            whole.setdefault(key, value)


def without_null(schema: Schema) -> tuple[Schema, bool]:
    """A schema without null among its values, and whether it was."""
    types = schema.get("type")
    if isinstance(types, list) and "null" in types:
        kept = [one for one in cast("list[str]", types) if one != "null"]
        rest: Schema = {**schema, "type": kept[0] if len(kept) == 1 else kept}
        values = cast("list[object]", schema.get("enum", []))
        if values:
            rest["enum"] = [one for one in values if one is not None]
        return (rest, True) if kept and (not values or rest["enum"]) else (schema, False)
    for key in ("anyOf", "oneOf"):
        members = cast("list[Schema]", schema.get(key, []))
        kept = [one for one in members if one.get("type") != "null"]
        if len(kept) < len(members) and kept:
            rest = {name: one for name, one in schema.items() if name != key}
            return (
                ({**rest, key: kept}, True) if len(kept) > 1 else ({"allOf": [kept[0], rest]}, True)
            )
    return schema, False


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
