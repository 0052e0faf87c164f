"""From a schema, in whichever words, to its one normal form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.contract.compare import keyword
from seamwright.contract.compare.shape import ANY, EVERY, NONE, NUMERIC, Shape, meet
from seamwright.contract.compare.wording import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.compare.shape import Bound, Schema

_TYPES: dict[str, frozenset[str]] = {
    **{one: frozenset({one}) for one in EVERY if one != "fraction"},
    "number": NUMERIC,
}

_PLACED = frozenset(
    {
        "$ref",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "default",
        "deprecated",
        "enum",
        "format",
        "items",
        "oneOf",
        "pattern",
        "prefixItems",
        "properties",
        "readOnly",
        "required",
        "type",
        "uniqueItems",
        "writeOnly",
        *keyword.NUMBERS,
        *keyword.SIZES,
    }
)

_OPEN_PATTERNS = frozenset({"", ".*", "^.*$"})


class Forms:
    """The normal forms of schemas that share their definitions; each definition is met once."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Look names up in `definitions`."""
        self._definitions = definitions
        self._known: dict[str, Shape] = {}

    def shape(self, schema: Schema) -> Shape:
        """The normal form of a schema."""
        return _fitting(self._shape(schema, frozenset()))

    def _shape(self, schema: Schema, within: frozenset[str]) -> Shape:
        if schema == NONE:
            return Shape(types=frozenset(), nullable=False)
        met = _own(schema)
        name = keyword.definition(schema)
        if name is not None and name in self._definitions and name not in within:
            met = meet(self._named(name, within | {name}), met)
        for one in keyword.sub_schemas(schema.get("allOf")):
            met = meet(met, self._shape(one, within))
        for key in ("anyOf", "oneOf"):
            members = keyword.sub_schemas(schema.get(key))
            if members:
                met = meet(met, self._union(members, within))
        return met

    def _named(self, name: str, within: frozenset[str]) -> Shape:
        if name not in self._known:
            self._known[name] = self._shape(self._definitions[name], within)
        return self._known[name]

    def _union(self, members: tuple[Schema, ...], within: frozenset[str]) -> Shape:
        """One of several; null is taken out, and a list of bare types is a list of types."""
        kept: dict[str, tuple[Schema, Shape]] = {}
        null = False
        for one in _flat(members):
            made = self._shape(one, within)
            null = null or made.nullable
            if made.types:
                kept.setdefault(canonical(keyword.bare(one)), (one, made))
        shapes = [made for _, made in kept.values()]
        if len(shapes) == 1:
            return replace(shapes[0], nullable=null)
        types = frozenset[str]().union(*(one.types for one in shapes))
        if all(one == Shape(types=one.types, nullable=one.nullable) for one in shapes):
            return Shape(types=types, nullable=null)
        members = tuple(one for one, _ in kept.values())
        return Shape(types=types, nullable=null, unions=(members,))


def _flat(members: tuple[Schema, ...]) -> tuple[Schema, ...]:
    """The members; one that is itself nothing but a union gives its own."""
    flat: list[Schema] = []
    for one in members:
        said = keyword.bare(one)
        inner = [key for key in ("anyOf", "oneOf") if set(said) == {key}]
        flat += _flat(keyword.sub_schemas(said[inner[0]])) if inner else (one,)
    return tuple(flat)


def _own(schema: Schema) -> Shape:
    """What a schema says itself, beside references and combinations."""
    types, nullable = _types(schema)
    pattern, form = schema.get("pattern"), schema.get("format")
    sizes = {
        name: int(value)
        for name in keyword.SIZES
        if (value := keyword.number(schema.get(name))) is not None and (value or name[:3] == "max")
    }
    opaque = {
        name: canonical(value)
        for name, value in keyword.bare(schema).items()
        if name not in _PLACED
    }
    made = Shape(
        types=types,
        nullable=nullable,
        lower=_bound(schema, "minimum", "exclusiveMinimum"),
        upper=_bound(schema, "maximum", "exclusiveMaximum"),
        sizes=sizes,
        multiple=keyword.number(schema.get("multipleOf")),
        patterns=frozenset(keyword.words(pattern)) - _OPEN_PATTERNS,
        formats=frozenset(keyword.words(form)),
        unique=schema.get("uniqueItems") is True,
        properties=keyword.named_schemas(schema.get("properties")),
        required=frozenset(keyword.words(schema.get("required"))),
        additional=keyword.sub_schema(schema.get("additionalProperties", ANY)),
        items=keyword.sub_schema(schema.get("items", ANY)),
        prefix=keyword.sub_schemas(schema.get("prefixItems")),
        default=canonical(schema["default"]) if "default" in schema else None,
        others=opaque,
        read_only=schema.get("readOnly") is True,
        write_only=schema.get("writeOnly") is True,
        deprecated=schema.get("deprecated") is True,
    )
    return _enumerated(made, schema)


def _types(schema: Schema) -> tuple[frozenset[str], bool]:
    if "type" not in schema:
        return EVERY, True
    said = keyword.words(schema["type"])
    types = [_TYPES.get(one, frozenset[str]()) for one in said]
    return frozenset[str]().union(*types), "null" in said


def _enumerated(made: Shape, schema: Schema) -> Shape:
    listed = schema.get("enum")
    values: list[object] | None = list(listed) if isinstance(listed, list) else None  # pyright: ignore[reportUnknownArgumentType] - JSON
    if "const" in schema:
        values = [schema["const"]]
    if values is None:
        return made
    return replace(
        made,
        nullable=made.nullable and None in values,
        enum=frozenset(canonical(one) for one in values if one is not None),
        types=made.types & frozenset().union(*(_type_of(one) for one in values)),
    )


def _type_of(value: object) -> frozenset[str]:
    match value:
        case None:
            return frozenset()
        case bool():
            return frozenset({"boolean"})
        case int():
            return frozenset({"integer"})
        case float():
            return frozenset({"integer" if value.is_integer() else "fraction"})
        case str():
            return frozenset({"string"})
        case list():
            return frozenset({"array"})
        case _:
            return frozenset({"object"})


def _bound(schema: Schema, within: str, beyond: str) -> Bound | None:
    loose, strict = keyword.number(schema.get(within)), keyword.number(schema.get(beyond))
    if strict is None:
        return None if loose is None else (loose, False)
    if loose is None or loose == strict:
        return strict, True
    tighter = max(loose, strict) if within == "minimum" else min(loose, strict)
    return tighter, tighter == strict


def _fitting(made: Shape) -> Shape:
    """Without what its types or its enum leave no room for; whole bounds of whole numbers."""
    numeric = bool(made.types & NUMERIC) and made.enum is None
    text = "string" in made.types and made.enum is None
    listed, object_ = "array" in made.types, "object" in made.types
    whole = numeric and "fraction" not in made.types
    room = {"Length": text, "Items": listed, "Contains": listed, "Properties": object_}
    return replace(
        made,
        lower=_whole(made.lower, 1 if whole else 0) if numeric else None,
        upper=_whole(made.upper, -1 if whole else 0) if numeric else None,
        multiple=made.multiple if numeric and made.multiple != (1 if whole else 0) else None,
        sizes={name: one for name, one in made.sizes.items() if room[name[3:]]},
        patterns=made.patterns if text else frozenset(),
        formats=made.formats if text or numeric else frozenset(),
        unique=made.unique and listed,
        properties=made.properties if object_ else {},
        required=made.required if object_ else frozenset(),
        additional=made.additional if object_ else ANY,
        items=made.items if listed else ANY,
        prefix=made.prefix if listed else (),
    )


def _whole(bound: Bound | None, step: int) -> Bound | None:
    if bound is None or not step or not bound[1] or bound[0] != int(bound[0]):
        return bound
    return bound[0] + step, False
