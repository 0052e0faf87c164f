"""What narrows a type, as arguments of pydantic's `Field`: bounds, and words for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, cast

from pydantic import Field, TypeAdapter
from pydantic_core import SchemaError

from seamwright.contract.adopt.code import Group, Prefixed, keyword, literal
from seamwright.contract.adopt.shape import FOR_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from seamwright.contract.adopt.code import Code
    from seamwright.contract.description.document import Schema

_BOUNDS = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
}
_SIZES = {
    "string": {"minLength": "min_length", "maxLength": "max_length"},
    "array": {"minItems": "min_length", "maxItems": "max_length"},
    "object": {"minProperties": "min_length", "maxProperties": "max_length"},
}
_LONGEST_EXAMPLES = 200
USES = ("readOnly", "writeOnly", "deprecated", "default")
"""Keywords that no type has words for, though they are not for people alone."""


def narrow(schema: Schema) -> Schema:
    """The keywords of a schema that change what it takes."""
    return {key: one for key, one in schema.items() if key not in FOR_PEOPLE}


def bounds(schema: Schema, kind: str, told: AbstractSet[str]) -> tuple[list[Code], Schema]:
    """The arguments that bound a type of a kind, and the keywords that no argument says.

    Args:
        schema: with all its keywords.
        kind: `string`, `integer`, `number`, `array`, `object`, …
        told: keywords that the type itself says.
    """
    arguments: list[Code] = []
    rest: Schema = {}
    sizes = _SIZES.get(kind, {})
    for key, value in narrow(schema).items():
        if key in told:
            continue
        if kind in ("integer", "number") and key in _BOUNDS and _is_exact(value, kind):
            arguments.append(keyword(_BOUNDS[key], literal(value)))
        elif key in sizes:
            arguments.append(keyword(sizes[key], literal(int(cast("float", value)))))
        elif kind == "string" and key == "pattern" and _is_known(str(value)):
            arguments.append(keyword("pattern", literal(value)))
        else:
            rest[key] = value
    return arguments, rest


def uses(schema: Schema) -> Schema:
    """How a value is used, as far as a schema says so."""
    said = {key: schema[key] for key in USES if key in schema}
    return {key: one for key, one in said.items() if key == "default" or one is True}


def with_use(arguments: list[Code], schema: Schema) -> list[Code]:
    """The arguments, and how the value is used."""
    used = uses(schema)
    if not used:
        return arguments
    pairs = [Prefixed(f'"{key}": ', literal(one)) for key, one in used.items()]
    made: list[Code] = []
    for one in arguments:
        match one:
            case Prefixed("json_schema_extra=", Group(_, items)):
                pairs = [*cast("tuple[Prefixed, ...]", items), *pairs]
            case _:
                made.append(one)
    return [*made, keyword("json_schema_extra", Group("{", tuple(pairs), "}"))]


def words(schema: Schema) -> list[Code]:
    """The arguments that tell people of a value."""
    told: list[Code] = []
    description = schema.get("description")
    if isinstance(description, str) and description.strip():
        told.append(keyword("description", literal(description.strip())))
    examples = schema.get("examples")
    if isinstance(examples, list) and len(repr(cast("object", examples))) < _LONGEST_EXAMPLES:
        told.append(keyword("examples", literal(cast("object", examples))))
    return told


def _is_exact(value: object, kind: str) -> bool:
    """Whether Python's number of that kind can have this bound."""
    return isinstance(value, (int, float)) and (kind == "number" or value == int(value))


@cache
def _is_known(pattern: str) -> bool:
    """Whether pydantic can match a pattern; those of other dialects stay in the schema alone."""
    try:
        TypeAdapter(Annotated[str, Field(pattern=pattern)])
    except SchemaError:
        return False
    return True
