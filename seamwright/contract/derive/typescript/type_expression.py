"""The type that a JSON Schema describes.

    {"type": "array", "items": {"$ref": "#/$defs/Pet"}}  →  Pet[]
    {"enum": ["sent", "queued"]}                         →  "sent" | "queued"

What TypeScript cannot say (lengths, patterns, bounds) is left out. What no type is known of is
`unknown`, never `any`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.typescript.spelling import STEP, after, comment, key, literal, union

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.derive.json_schema import Schema

UNKNOWN = "unknown"
_PLACE = "#/$defs/"
_SIMPLE = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
_OF_OBJECTS = ("properties", "additionalProperties", "patternProperties")
_OF_LISTS = ("items", "prefixItems")


def alternatives(schema: object, names: Mapping[str, str], indent: str = "") -> tuple[str, ...]:
    """The types that a schema allows, each fit to stand before `[]`.

    Args:
        schema: of one value; a boolean is a schema too.
        names: definition → name of its type.
        indent: of the line that the type begins in.
    """
    if not isinstance(schema, dict):
        return ("never",) if schema is False else (UNKNOWN,)
    given = cast("Schema", schema)
    if given.get("not") in ({}, True):
        return ("never",)
    found = [_own(given, names, indent)]
    found += [alternatives(one, names, indent) for one in _list(given, "allOf")]
    for word in ("anyOf", "oneOf"):
        if word in given:
            choices = _list(given, word)
            found.append(tuple(x for one in choices for x in alternatives(one, names, indent)))
    kept = list(dict.fromkeys(one for one in found if UNKNOWN not in one))
    if len(kept) < 2:
        return tuple(dict.fromkeys(kept[0])) if kept else (UNKNOWN,)
    return (f"({' & '.join(_grouped(one) for one in kept)})",)


def expression(schema: object, names: Mapping[str, str], indent: str = "", before: int = 0) -> str:
    """The type of a schema as text; see `union` for what stands before it."""
    return union(alternatives(schema, names, indent), indent, before)


def fields(schema: Schema, names: Mapping[str, str], indent: str) -> list[str]:
    """The members of an object's type, one or more lines each; empty where it has none."""
    inner = indent + STEP
    properties = cast("Mapping[str, object]", schema.get("properties", {}))
    required = _list(schema, "required")
    lines: list[str] = []
    types: list[str] = []
    for name, one in properties.items():
        optional = name not in required
        types += alternatives(one, names, inner)
        types += ["undefined"] if optional else []
        lines += described(one, inner)
        start = f"{key(name)}{'?' if optional else ''}:"
        lines.append(f"{after(inner + start, expression(one, names, inner, len(start) + 2))};")
    rest = _rest(schema, names, inner)
    if rest and lines:
        lines.append(f"{inner}[key: string]: {union((*rest, *types), inner, 15)};")
    return lines


def described(schema: object, indent: str = "") -> list[str]:
    """The lines of the comment that says what a schema's description says."""
    told = cast("Schema", schema).get("description") if isinstance(schema, dict) else None
    return comment(told, indent) if isinstance(told, str) else []


def _own(schema: Schema, names: Mapping[str, str], indent: str) -> tuple[str, ...]:
    """The types that the schema itself says, what it is combined with left aside."""
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return (names.get(reference.removeprefix(_PLACE), UNKNOWN),)
    if "const" in schema:
        return (literal(schema["const"]),)
    if "enum" in schema:
        return tuple(literal(one) for one in _list(schema, "enum"))
    kind = schema.get("type")
    if isinstance(kind, list):
        kinds = cast("list[object]", kind)
        return tuple(x for one in kinds for x in _own({**schema, "type": one}, names, indent))
    if kind == "object" or (kind is None and any(one in schema for one in _OF_OBJECTS)):
        return (_object(schema, names, indent),)
    if kind == "array" or (kind is None and any(one in schema for one in _OF_LISTS)):
        return (_array(schema, names, indent),)
    return (_SIMPLE.get(str(kind), UNKNOWN),)


def _object(schema: Schema, names: Mapping[str, str], indent: str) -> str:
    lines = fields(schema, names, indent)
    if lines:
        return "\n".join(("{", *lines, f"{indent}}}"))
    rest = _rest(schema, names, indent)
    if rest is None:
        closed = schema.get("additionalProperties") is False
        return "Record<string, never>" if closed else "Record<string, unknown>"
    value = union(rest, indent)
    keys = schema.get("propertyNames")
    choices = _list(cast("Schema", keys), "enum") if isinstance(keys, dict) else []
    if choices:
        return f"{{ [key in {union(literal(one) for one in choices)}]?: {value} }}"
    # An alias may name itself inside of an index signature, and not inside of a Record.
    named = not set(names.values()).isdisjoint(re.findall(r"\w+", value))
    return f"{{ [key: string]: {value} }}" if named else f"Record<string, {value}>"


def _rest(schema: Schema, names: Mapping[str, str], indent: str) -> tuple[str, ...] | None:
    """The types of the members that have no name; None where there are none, or none are said."""
    patterns = cast("Mapping[str, object]", schema.get("patternProperties", {}))
    open_ = schema.get("additionalProperties", False)
    values = [*patterns.values(), *([] if open_ is False else [open_])]
    return tuple(x for one in values for x in alternatives(one, names, indent)) if values else None


def _array(schema: Schema, names: Mapping[str, str], indent: str) -> str:
    first = _list(schema, "prefixItems")
    rest = schema.get("items", schema.get("maxItems") != len(first) if first else True)
    more = "" if rest is False else f"{_grouped(alternatives(rest, names, indent))}[]"
    if not first:
        return more or "[]"
    least = cast("int", schema.get("minItems", 0))
    items = [
        _grouped(alternatives(one, names, indent)) + ("" if number < least else "?")
        for number, one in enumerate(first)
    ]
    return f"[{', '.join((*items, *([f'...{more}'] if more else [])))}]"


def _grouped(parts: tuple[str, ...]) -> str:
    line = union(parts)
    return f"({line.strip()})" if len(parts) > 1 and line not in (UNKNOWN, "never") else line


def _list(schema: Schema, word: str) -> list[object]:
    found = schema.get(word)
    return cast("list[object]", found) if isinstance(found, list) else []
