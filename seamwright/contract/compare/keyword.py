"""The keywords of a schema, read as what they must be; what is something else says nothing."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, cast

from seamwright.contract.compare.shape import ANY, NONE

if TYPE_CHECKING:
    from seamwright.contract.compare.shape import Schema

DEFINITION = "#/$defs/"

ANNOTATIONS = frozenset(
    {
        "$anchor",
        "$comment",
        "$defs",
        "$id",
        "$schema",
        "description",
        "example",
        "examples",
        "externalDocs",
        "title",
        "xml",
    }
)
"""They say nothing about which values are right."""

SIZES = (
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
)

NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def number(value: object) -> float | None:
    """A finite number that is no boolean."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or isfinite(value) else None


def sub_schema(value: object) -> Schema:
    """A schema; `true` is anything, `false` is nothing."""
    if isinstance(value, dict):
        return cast("Schema", value)
    return NONE if value is False else ANY


def sub_schemas(value: object) -> tuple[Schema, ...]:
    """A list of schemas."""
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return tuple(sub_schema(one) for one in listed)


def named_schemas(value: object) -> dict[str, Schema]:
    """Schemas by name."""
    named = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    return {str(name): sub_schema(one) for name, one in named.items()}


def words(value: object) -> tuple[str, ...]:
    """A word, or a list of words."""
    listed = cast("list[object]", value) if isinstance(value, list) else [value]
    return tuple(one for one in listed if isinstance(one, str))


def definition(schema: Schema) -> str | None:
    """The name of the definition that a schema refers to, whatever else it says."""
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(DEFINITION):
        name = reference.removeprefix(DEFINITION)
        return name.replace("~1", "/").replace("~0", "~")
    return None


def bare(schema: Schema) -> Schema:
    """The schema without annotations and extensions."""
    return {
        key: value
        for key, value in schema.items()
        if key not in ANNOTATIONS and not key.startswith("x-")
    }
