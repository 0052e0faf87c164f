"""Of several schemas that all hold, one: what stands in `allOf`, and what beside a reference.

    schema ─▶ its parts, each definition once ─▶ one schema, and what could not be said of it

A bound becomes the closer one, of types and choices those stay that every part takes. What two
parts say and one keyword cannot stays beside it, in an `allOf` that names no definition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.shape import (
    FOR_PEOPLE,
    NOTHING,
    is_bare_reference,
    names_something,
    reference,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seamwright.contract.description.document import Schema

MOST_PARTS = 200
_CLOSER = {
    **dict.fromkeys(
        (
            *("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"),
            "minContains",
        ),
        max,
    ),
    **dict.fromkeys(
        (
            *("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"),
            "maxContains",
        ),
        min,
    ),
}
_TOGETHER = (
    ("if", "then", "else"),
    ("contains", "minContains", "maxContains"),
    ("prefixItems", "items"),
)
"""Keywords of which one means nothing, or something else, without the others."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One schema that means what several mean together.

    Attributes:
        schema: without references, or a lone one with words for people around it.
        joined: whether a definition became a part of it.
        lost: what it does not say; sentences.
    """

    schema: Schema
    joined: bool = False
    lost: tuple[str, ...] = ()


def merge(schema: Schema, definitions: Mapping[str, Schema]) -> Merge:
    """A schema without `allOf`, and without a reference that more stands beside."""
    if "allOf" not in schema and ("$ref" not in schema or is_bare_reference(schema)):
        return Merge(schema)
    own = list(_own_parts(schema))
    lone = [one for one in own if set(one) - FOR_PEOPLE]
    if len(lone) == 1 and is_bare_reference(lone[0]):
        return Merge({key: one for part in reversed(own) for key, one in part.items()})
    made = _Merging()
    seen: set[str] = set()
    for number, part in enumerate(_parts(schema, definitions, seen)):
        if number == MOST_PARTS:
            made.lost.append(f"more than {MOST_PARTS} parts that all hold: the others left out")
            break
        made.add(part)
    return Merge(made.settled(), bool(seen), tuple(dict.fromkeys(made.lost)))


def merged(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """The schema of `merge`."""
    return merge(schema, definitions).schema


def _own_parts(schema: Schema) -> Iterator[Schema]:
    """What stands in `allOf`, however deep, and around it; references as they are."""
    waiting = [schema]
    while waiting:
        here = waiting.pop()
        part = {key: one for key, one in here.items() if key != "allOf"}
        if part:
            yield part
        waiting += reversed(cast("list[Schema]", here.get("allOf", [])))


def _parts(schema: Schema, definitions: Mapping[str, Schema], seen: set[str]) -> Iterator[Schema]:
    """The parts, references followed: each definition once, as twice the same is once.

    What a definition says for people is about itself, and left out.
    """
    waiting: list[tuple[Schema, bool]] = [(schema, False)]
    while waiting:
        here, foreign = waiting.pop()
        name = reference(here)
        apart = {key: one for key, one in here.items() if key not in ("$ref", "allOf")}
        inner = cast("list[Schema]", here.get("allOf", []))
        if foreign:
            apart = {key: one for key, one in apart.items() if key not in FOR_PEOPLE}
        if name is None:
            if apart:
                yield apart
            waiting += [(one, foreign) for one in reversed(inner)]
            continue
        # What is referred to comes first, then what stands beside the reference.
        waiting += [(one, foreign) for one in reversed(inner)]
        waiting += [(apart, foreign)] if apart else []
        if name not in seen:
            seen.add(name)
            waiting.append((definitions.get(name, {}), True))


class _Merging:
    """Puts parts together, one after the other; of two words for people the first counts."""

    def __init__(self) -> None:
        self._whole: Schema = {}
        self._fields: Schema = {}
        self._required: dict[str, None] = {}
        self._closings: list[tuple[frozenset[str], object]] = []
        self._beside: list[Schema] = []
        self.lost: list[str] = []

    def add(self, part: Schema) -> None:
        """Put one more part to it."""
        fields = cast("dict[str, Schema]", part.get("properties", {}))
        for name, one in fields.items():
            known = self._fields.get(name, one)
            self._fields[name] = one if known == one else {"allOf": [known, one]}
        self._required |= dict.fromkeys(cast("list[str]", part.get("required", [])))
        if "additionalProperties" in part:
            self._closings.append((frozenset(fields), part["additionalProperties"]))
        told = {"properties", "required", "additionalProperties"}
        for keys in _TOGETHER:
            told |= self._together({key: part[key] for key in keys if key in part}, keys)
        for key, value in part.items():
            if key not in told and self._whole.setdefault(key, value) != value:
                self._both(key, value)

    def _together(self, said: Schema, keys: tuple[str, ...]) -> set[str]:
        """The keywords that are dealt with here: they stand for each other."""
        known = {key: self._whole[key] for key in keys if key in self._whole}
        if not said or not known or said == known or (len(known) == len(said) == 1):
            return set()
        self._apart(said)
        return set(said)

    def _both(self, key: str, value: object) -> None:
        """What two parts say by the same keyword."""
        known = self._whole[key]
        if key in FOR_PEOPLE:
            return
        if key in _CLOSER:
            self._whole[key] = _CLOSER[key](cast("float", known), cast("float", value))
        elif key == "uniqueItems":
            self._whole[key] = True
        elif key == "items":
            self._whole[key] = {"allOf": [known, value]}
        elif key in ("type", "enum") and (kept := _in_both(key, known, value)):
            self._whole[key] = kept[0] if key == "type" and len(kept) == 1 else kept
        else:
            self._apart({key: value})

    def _apart(self, said: Schema) -> None:
        if names_something(said):
            names = ", ".join(f"`{one}`" for one in said)
            self.lost.append(f"{names} twice of what holds together: the first alone")
        elif said not in self._beside:
            self._beside.append(said)

    def settled(self) -> Schema:
        """The whole of it."""
        made = dict(self._whole)
        closing = self._closing()
        if self._fields:
            made["properties"] = self._fields
        if self._required:
            made["required"] = list(self._required)
        if closing is not None:
            made["additionalProperties"] = closing
        if self._beside:
            made["allOf"] = self._beside
        return made

    def _closing(self) -> object:
        """What other members must be; a part that says so means the members of other parts, too."""
        said: list[object] = []
        for names, one in self._closings:
            others = self._fields.keys() - names
            if one == NOTHING and others:
                self.lost.append(
                    "a part without other members beside parts that have some: closed as a whole"
                )
            elif one not in ({}, NOTHING):
                for name in others:
                    self._fields[name] = {"allOf": [self._fields[name], one]}
            if one not in said:
                said.append(one)
        narrower = [one for one in said if one != {}]
        if not narrower:
            return said[0] if said else None
        if NOTHING in narrower:
            return NOTHING
        return narrower[0] if len(narrower) == 1 else {"allOf": narrower}


def _in_both(key: str, one: object, other: object) -> list[object]:
    """The types, or the choices, that both parts take."""
    if key == "enum":
        takes = [repr(x) for x in cast("list[object]", other)]
        return [x for x in cast("list[object]", one) if repr(x) in takes]
    left, right = _types(one), _types(other)
    both = [x for x in left if x in right or (x == "integer" and "number" in right)]
    if "integer" in right and "number" in left and "integer" not in both:
        both.append("integer")
    return list[object](both)


def _types(said: object) -> list[str]:
    return cast("list[str]", said) if isinstance(said, list) else [str(said)]
