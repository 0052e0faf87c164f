"""The branches of a schema: what a value of it may have, each by itself.

    /items/*/note            a field that is there
    /items/*/note left out   one that need not be there, and is not
    /state: "OPEN"           a value of a closed set
    /owner: null             an alternative of several

A schema that holds itself is looked into once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from jsonschema_rs import validator_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema_rs import Validator

    from seamwright.contract.derive.json_schema import Schema

_DEEPEST = 6
_MOST_VALUES = 30
"""Values of a closed set; of a larger one no answer is asked to show each."""
_PLACE = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Branches:
    """What values at one place may have, and what lies within them.

    Attributes:
        at: the place, a JSON Pointer with `*` for what has no name.
        fields: by name.
        needed: names of those that must be there.
        values: label of each value of a closed set.
        alternatives: label, test and branches of each.
        within: what lists and maps hold, and the parts of what is all of several.
    """

    at: str
    fields: Mapping[str, Branches]
    needed: frozenset[str]
    values: Mapping[str, str]
    alternatives: tuple[tuple[str, Validator, Branches], ...]
    items: Branches | None
    others: Branches | None
    parts: tuple[Branches, ...]

    def all(self) -> Iterator[str]:
        """Every branch, in the order of the schema."""
        yield from self.values.values()
        for name, one in self.fields.items():
            yield one.at
            if name not in self.needed:
                yield f"{one.at} left out"
            yield from one.all()
        for label, _, one in self.alternatives:
            yield label
            yield from one.all()
        for one in (self.items, self.others, *self.parts):
            if one is not None:
                yield from one.all()

    def reached(self, value: object) -> Iterator[str]:
        """The branches that a value shows."""
        for label, test, one in self.alternatives:
            if test.is_valid(value):
                yield label
                yield from one.reached(value)
        for one in self.parts:
            yield from one.reached(value)
        if isinstance(value, dict):
            yield from self._of_object(cast("Mapping[str, object]", value))
        elif isinstance(value, list):
            yield from self._of_list(cast("list[object]", value))
        else:
            label = self.values.get(json.dumps(value))
            yield from [label] if label else []

    def _of_list(self, value: list[object]) -> Iterator[str]:
        if self.items is not None:
            for one in value:
                yield from self.items.reached(one)

    def _of_object(self, value: Mapping[str, object]) -> Iterator[str]:
        for name, one in self.fields.items():
            if name in value:
                yield one.at
                yield from one.reached(value[name])
            elif name not in self.needed:
                yield f"{one.at} left out"
        if self.others is not None:
            for name in value.keys() - self.fields.keys():
                yield from self.others.reached(value[name])


def branches(schema: Schema, at: str = "") -> Branches:
    """The branches of a whole schema, with its definitions in `$defs`."""
    definitions = cast("dict[str, Schema]", schema.get("$defs", {}))
    return _Reader(definitions).read(schema, at, ())


class _Reader:
    """Reads a schema, following its references."""

    def __init__(self, definitions: dict[str, Schema]) -> None:
        self._definitions = definitions

    def read(self, said: Schema, at: str, via: tuple[str, ...]) -> Branches:
        """The branches of one schema; `via` are the definitions that lead to it."""
        parts: list[Branches] = []
        reference = said.get("$ref")
        if isinstance(reference, str):
            name = reference.removeprefix(_PLACE)
            if name not in via and name in self._definitions:
                parts.append(self.read(self._definitions[name], at, (*via, name)))
        inner = said if at.count("/") < _DEEPEST else {}
        parts += [self.read(one, at, via) for one in _list(inner, "allOf")]
        fields = cast("dict[str, Schema]", inner.get("properties", {}))
        return Branches(
            at,
            {name: self.read(one, f"{at}/{name}", via) for name, one in fields.items()},
            frozenset(cast("list[str]", said.get("required", []))),
            _values(said, at),
            tuple(self._alternatives(inner, at, via)),
            self._within(inner.get("items"), at, via),
            self._within(inner.get("additionalProperties"), at, via),
            tuple(parts),
        )

    def _within(self, schema: object, at: str, via: tuple[str, ...]) -> Branches | None:
        if not isinstance(schema, dict):
            return None
        return self.read(cast("Schema", schema), f"{at}/*", via)

    def _alternatives(
        self, schema: Schema, at: str, via: tuple[str, ...]
    ) -> Iterator[tuple[str, Validator, Branches]]:
        several = [*_list(schema, "anyOf"), *_list(schema, "oneOf")]
        for number, one in enumerate(several, 1):
            whole = {"$defs": self._definitions, **one}
            label = f"{at}: {_word(one) or f'alternative {number}'}"
            yield label, validator_for(whole), self.read(one, at, via)


def _list(schema: Schema, key: str) -> list[Schema]:
    return cast("list[Schema]", schema.get(key, []))


def _values(schema: Schema, at: str) -> dict[str, str]:
    """Value in JSON → its branch; none where there are very many, or only one."""
    every = cast("list[object]", schema.get("enum", []))
    said = [one for one in every if not isinstance(one, (dict, list))]
    if not 1 < len(said) <= _MOST_VALUES:
        return {}
    return {text: f"{at}: {text}" for text in map(json.dumps, said)}


def _word(schema: Schema) -> str:
    """What an alternative is called: by its definition, or by its type."""
    reference, kind = schema.get("$ref"), schema.get("type")
    if isinstance(reference, str):
        return reference.removeprefix(_PLACE)
    return kind if isinstance(kind, str) else ""
