"""One normal form of a schema, however it was said.

    type: [string, "null"]  ·  anyOf: [{type: string}, {type: "null"}]      nullable
    const: a  ·  enum: [a]                                                  an enum of one
    allOf: [A, B]                                                           A and B met
    anyOf: [A]  ·  oneOf: [A]                                               A
    number                                                                  integer and fraction
    exclusiveMinimum: 0 of an integer  ·  minimum: 1                        a lower bound of 1

Only the outermost level is in this form; what lies within stays as it was said until it is needed,
so that schemas which contain themselves have a form too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

Schema = dict[str, object]

EVERY = frozenset({"array", "boolean", "fraction", "integer", "object", "string"})
ANY: Schema = {}
NONE: Schema = {"not": {}}
NUMERIC = frozenset({"integer", "fraction"})

Bound = tuple[float, bool]
"""A number, and whether it is itself outside."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be.

    Attributes:
        types: the JSON types beside null that it may have, `number` said as its two halves.
        nullable: whether it may be null.
        enum: the values that it may have beside null, as canonical JSON; None where it is open.
        lower: bound of a number.
        upper: bound of a number.
        sizes: `minLength`, `maxItems`, … → number; only those that say something.
        multiple: what a number is a multiple of.
        patterns: that a string matches, all of them.
        formats: that a string or number has, all of them.
        unique: whether the items of a list differ.
        properties: of an object, by name.
        required: the names of those that must be there.
        additional: what any other property is.
        items: what the items of a list are, after those of `prefix`.
        prefix: what the first items are.
        unions: of each, the value is one of its members.
        default: what is meant where it is left out, as canonical JSON.
        others: keyword → canonical JSON, for what has no place above.
        read_only: whether it is only answered.
        write_only: whether it is only sent.
        deprecated: whether it is about to go.
    """

    types: frozenset[str] = EVERY
    nullable: bool = True
    enum: frozenset[str] | None = None
    lower: Bound | None = None
    upper: Bound | None = None
    sizes: dict[str, int] = field(default_factory=dict[str, int])
    multiple: float | None = None
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    unique: bool = False
    properties: dict[str, Schema] = field(default_factory=dict[str, Schema])
    required: frozenset[str] = frozenset()
    additional: Schema = field(default_factory=dict[str, object])
    items: Schema = field(default_factory=dict[str, object])
    prefix: tuple[Schema, ...] = ()
    unions: tuple[tuple[Schema, ...], ...] = ()
    default: str | None = None
    others: dict[str, str] = field(default_factory=dict[str, str])
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False

    @property
    def closed(self) -> bool:
        """Whether it may have no property beside those that it names."""
        return self.additional == NONE

    @property
    def anything(self) -> bool:
        """Whether its type says nothing."""
        return self.types == EVERY and self.nullable


def meet(one: Shape, two: Shape) -> Shape:
    """What is right by both."""
    one, two = _shut(one, two.properties), _shut(two, one.properties)
    return Shape(
        types=one.types & two.types,
        nullable=one.nullable and two.nullable,
        enum=_both(one.enum, two.enum),
        lower=max((one.lower, two.lower), key=_lowest),
        upper=min((one.upper, two.upper), key=_highest),
        sizes=_sizes(one.sizes, two.sizes),
        multiple=_multiple(one.multiple, two.multiple),
        patterns=one.patterns | two.patterns,
        formats=one.formats | two.formats,
        unique=one.unique or two.unique,
        properties=_all_of(one.properties, two.properties),
        required=one.required | two.required,
        additional=_one_of(one.additional, two.additional),
        items=_one_of(one.items, two.items),
        prefix=_longest(one.prefix, two.prefix),
        unions=(*one.unions, *(more for more in two.unions if more not in one.unions)),
        default=one.default if two.default is None else two.default,
        others=one.others | two.others,
        read_only=one.read_only or two.read_only,
        write_only=one.write_only or two.write_only,
        deprecated=one.deprecated or two.deprecated,
    )


def _shut(one: Shape, others: dict[str, Schema]) -> Shape:
    """A closed object forbids the properties that only the other one names."""
    if not one.closed:
        return one
    forbidden = {name: NONE for name in others if name not in one.properties}
    return replace(one, properties={**one.properties, **forbidden})


def _both(one: frozenset[str] | None, two: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or two is None:
        return one if two is None else two
    return one & two


def _lowest(bound: Bound | None) -> tuple[float, bool]:
    return (float("-inf"), False) if bound is None else bound


def _highest(bound: Bound | None) -> tuple[float, bool]:
    return (float("inf"), True) if bound is None else (bound[0], not bound[1])


def _sizes(one: dict[str, int], two: dict[str, int]) -> dict[str, int]:
    met = {**one, **two}
    for name in one.keys() & two.keys():
        tighter = max if name.startswith("min") else min
        met[name] = tighter(one[name], two[name])
    return met


def _multiple(one: float | None, two: float | None) -> float | None:
    if one is None or two is None:
        return one if two is None else two
    return max(one, two)


def _all_of(one: dict[str, Schema], two: dict[str, Schema]) -> dict[str, Schema]:
    met = {**one, **two}
    for name in one.keys() & two.keys():
        met[name] = _one_of(one[name], two[name])
    return met


def _one_of(one: Schema, two: Schema) -> Schema:
    """One schema for two that hold together."""
    if one in (ANY, two):
        return two
    if two == ANY:
        return one
    if NONE in (one, two):
        return NONE
    both = [*_parts(one), *(part for part in _parts(two) if part not in _parts(one))]
    return {"allOf": both}


def _parts(schema: Schema) -> list[object]:
    """What is met in it already: circles of such meetings come to an end."""
    parts = schema.get("allOf")
    alone = isinstance(parts, list) and len(schema) == 1
    return cast("list[object]", parts) if alone else [schema]


def _longest(one: tuple[Schema, ...], two: tuple[Schema, ...]) -> tuple[Schema, ...]:
    length = max(len(one), len(two))
    pairs = zip(_filled(one, length), _filled(two, length), strict=True)
    return tuple(_one_of(left, right) for left, right in pairs)


def _filled(prefix: tuple[Schema, ...], length: int) -> tuple[Schema, ...]:
    return (*prefix, *(ANY for _ in range(length - len(prefix))))
