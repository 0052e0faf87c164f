"""The type of a schema, and what its values must be like, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.api_reference.markdown import text

if TYPE_CHECKING:
    from seamwright.contract.derive.json_schema import Schema

_FORMATS = {
    "uuid": "UUID",
    "date-time": "RFC 3339",
    "date": "RFC 3339 day",
    "email": "email address",
    "uri": "URI",
    "ipv4": "IPv4 address",
    "ipv6": "IPv6 address",
    "byte": "Base64",
    "binary": "bytes",
}
_LONGEST_PATTERN = 60
_PLACE = "#/$defs/"


def followed(schema: Schema, definitions: Schema) -> tuple[Schema, str]:
    """A schema, its reference followed, and the name that it was found under, or ""."""
    name = ""
    for _ in range(20):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            break
        name = reference.removeprefix(_PLACE)
        beside = {key: one for key, one in schema.items() if key != "$ref"}
        schema = {**cast("Schema", definitions.get(name, {})), **beside}
    return schema, name


def type_words(schema: Schema, definitions: Schema, within: frozenset[str] = frozenset()) -> str:
    """`string (UUID)`, `list of Email`, `integer or null`; escaped."""
    said, name = followed(schema, definitions)
    if name in within:
        return text(name)
    within = within | {name} if name else within
    for key in ("anyOf", "oneOf"):
        several = cast("list[Schema]", said.get(key, []))
        if several:
            return _either([type_words(one, definitions, within) for one in several])
    kinds = said.get("type")
    if isinstance(kinds, list):
        alike = [
            type_words({**said, "type": one}, definitions, within)
            for one in cast("list[str]", kinds)
        ]
        return _either(alike)
    if kinds == "array":
        items = said.get("items")
        inner = (
            type_words(cast("Schema", items), definitions, within)
            if isinstance(items, dict)
            else "anything"
        )
        return f"list of {inner}"
    if kinds == "object":
        return text(name) or "object"
    if isinstance(kinds, str):
        form = said.get("format")
        return f"{kinds} ({_FORMATS.get(form, text(form))})" if isinstance(form, str) else kinds
    values = cast("list[object]", said.get("enum", [said["const"]] if "const" in said else []))
    return _either([_kind(one) for one in values]) or "anything"


def constraint_words(
    schema: Schema, definitions: Schema, within: frozenset[str] = frozenset()
) -> str:
    """What values must be like beyond their type: choices, pattern, bounds; escaped, or ""."""
    said, name = followed(schema, definitions)
    if name in within:
        return ""
    within = within | {name} if name else within
    told = [*_choices(said), *_patterns(said), *_bounds(said)]
    if "default" in said and said["default"] is not None:
        told.append(f"{_shown(said['default'])} where it is missing")
    if said.get("deprecated") is True:
        told.append("deprecated")
    items = said.get("items")
    if isinstance(items, dict):
        inner = constraint_words(cast("Schema", items), definitions, within)
        told += [f"each {inner}"] if inner else []
    several = cast("list[Schema]", said.get("anyOf", said.get("oneOf", [])))
    either = [constraint_words(one, definitions, within) for one in several]
    return "; ".join((*told, *dict.fromkeys(one for one in either if one)))


def _choices(schema: Schema) -> list[str]:
    if "const" in schema:
        return [f"always {_shown(schema['const'])}"]
    values = [_shown(one) for one in cast("list[object]", schema.get("enum", []))]
    if len(values) < 3:
        return [" or ".join(values)] if values else []
    return [f"{', '.join(values[:-1])}, or {values[-1]}"]


def _patterns(schema: Schema) -> list[str]:
    pattern = schema.get("pattern")
    # Where people are told what it is, the pattern says the same to machines: in the schema.
    if not isinstance(pattern, str) or "format" in schema or schema.get("description"):
        return []
    short = len(pattern) <= _LONGEST_PATTERN
    return [f"matches {text(pattern)}" if short else "of a form that its schema gives"]


def _bounds(schema: Schema) -> list[str]:
    told: list[str] = []
    for low, high, unit in (
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
        ("minProperties", "maxProperties", " members"),
        ("minimum", "maximum", ""),
    ):
        least, most = schema.get(low), schema.get(high)
        if least is not None and most is not None:
            told.append(f"{least:,} to {most:,}{unit}")
        elif most is not None:
            told.append(f"at most {most:,}{unit}")
        elif least:
            told.append(f"at least {least:,}{unit}")
        elif least == 0 and not unit:
            told.append("not below 0")
    for key, word in (("exclusiveMinimum", "above"), ("exclusiveMaximum", "below")):
        if key in schema:
            told.append(f"{word} {schema[key]:,}")
    if "multipleOf" in schema:
        told.append(f"a multiple of {schema['multipleOf']}")
    if schema.get("uniqueItems") is True:
        told.append("each once")
    return told


def _shown(value: object) -> str:
    """A value as people write it."""
    if isinstance(value, str):
        return f"'{text(value)}'"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return text(str(value))


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    kinds = {int: "integer", float: "number", str: "string", list: "list"}
    return next((word for kind, word in kinds.items() if isinstance(value, kind)), "object")


def _either(words: list[str]) -> str:
    return " or ".join(dict.fromkeys(words))
