"""Whether no value fits two of several schemas: then one of them is the same as at least one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.following import followed
from seamwright.contract.adopt.shape import NOTHING, closed_values, properties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seamwright.contract.description.document import Schema

_MOST = 200
"""Schemas that are compared with each other; of more it is not known."""
_ALL = frozenset({"array", "boolean", "null", "number", "object", "string"})


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is plain of the values of a schema.

    Attributes:
        kinds: JSON types of them, integers among the numbers.
        values: all of them, where they are a closed set.
        tags: fields that must be there, with the values that they may have.
        needed: fields that must be there.
        known: fields that may be there; None where others may.
    """

    kinds: frozenset[str]
    values: frozenset[str] | None
    tags: dict[str, frozenset[str]]
    needed: frozenset[str]
    known: frozenset[str] | None


def are_apart(schemas: Sequence[Schema], definitions: Mapping[str, Schema]) -> bool:
    """Whether it is plain that no value fits two of the schemas."""
    if len(schemas) > _MOST:
        return False
    traits = [_traits(one, definitions) for one in schemas]
    return all(_differ(one, other) for one, other in combinations(traits, 2))


def _traits(schema: Schema, definitions: Mapping[str, Schema]) -> _Traits:
    whole = followed(schema, definitions)
    fields = properties(whole)
    needed = frozenset(cast("list[str]", whole.get("required", [])))
    tags: dict[str, frozenset[str]] = {}
    for name in needed & fields.keys():
        values = _values(followed(fields[name], definitions))
        if values is not None:
            tags[name] = values
    closed = whole.get("additionalProperties") == NOTHING and "patternProperties" not in whole
    values = _values(whole)
    return _Traits(_kinds(whole), values, tags, needed, frozenset(fields) if closed else None)


def _kinds(schema: Schema) -> frozenset[str]:
    said = schema.get("type")
    if said is None:
        return _ALL
    types = cast("list[str]", said) if isinstance(said, list) else [str(said)]
    return frozenset("number" if one == "integer" else one for one in types)


def _values(schema: Schema) -> frozenset[str] | None:
    said = closed_values(schema)
    # 1 and 1.0 are the same to JSON: only of texts and flags a spelling is a value.
    if said is None or not all(isinstance(one, (str, bool)) for one in said):
        return None
    return frozenset(map(repr, said))


def _differ(one: _Traits, other: _Traits) -> bool:
    both = one.kinds & other.kinds
    if not both or _exclude(one.values, other.values):
        return True
    if both != frozenset({"object"}):
        return False
    if any(_exclude(said, other.tags.get(name)) for name, said in one.tags.items()):
        return True
    return _lacks(one, other) or _lacks(other, one)


def _exclude(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is not None and other is not None and not one & other


def _lacks(one: _Traits, other: _Traits) -> bool:
    """Whether a field that one must have is none that the other may have."""
    return other.known is not None and not one.needed <= other.known
