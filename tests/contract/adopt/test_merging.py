"""Of several schemas that all hold, one that means the same; what cannot be said is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from seamwright.contract.adopt.apart import are_apart
from seamwright.contract.adopt.merging import MOST_PARTS, merge

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]
BASE: Schema = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}
DEFINITIONS: dict[str, Schema] = {"Base": BASE, "Loop": {"allOf": [{"$ref": "#/$defs/Loop"}]}}
PARTS: list[tuple[list[Schema], Schema]] = [
    ([{"minLength": 1}, {"minLength": 3}], {"minLength": 3}),
    ([{"maximum": 9}, {"maximum": 3}], {"maximum": 3}),
    ([{"type": ["string", "integer"]}, {"type": "number"}], {"type": "integer"}),
    ([{"enum": ["a", "b"]}, {"enum": ["b", "c"]}], {"enum": ["b"]}),
    ([{"uniqueItems": False}, {"uniqueItems": True}], {"uniqueItems": True}),
    ([{"title": "one"}, {"title": "two"}], {"title": "one"}),
    ([{"required": ["a"]}, {"required": ["b", "a"]}], {"required": ["a", "b"]}),
    (
        [{"items": {"minLength": 1}}, {"items": {"maxLength": 2}}],
        {"items": {"allOf": [{"minLength": 1}, {"maxLength": 2}]}},
    ),
    ([{"pattern": "^a"}, {"pattern": "b$"}], {"pattern": "^a", "allOf": [{"pattern": "b$"}]}),
    (
        [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"minLength": 1}}}],
        {"properties": {"a": {"allOf": [{"type": "string"}, {"minLength": 1}]}}},
    ),
]
CHOICES: list[tuple[list[Schema], bool]] = [
    ([{"type": "string"}, {"type": "integer"}], True),
    ([{"type": "integer"}, {"type": "number"}], False),
    ([{"type": "string"}, {}], False),
    ([{"enum": ["a"]}, {"enum": ["b", "c"]}], True),
    ([{"enum": ["a"]}, {"enum": ["a", "c"]}], False),
    ([{"enum": [1]}, {"enum": [1.0]}], False),
    ([{"const": True}, {"const": False}], True),
    (
        [
            {"type": "object", "required": ["k"], "properties": {"k": {"const": one}}}
            for one in ("a", "b")
        ],
        True,
    ),
    (
        [{"type": "object", "properties": {"k": {"const": one}}} for one in ("a", "b")],
        False,
    ),
    (
        [
            {"type": "object", "required": ["x"], "properties": {"x": {}}},
            {"type": "object", "properties": {}, "additionalProperties": {"not": {}}},
        ],
        True,
    ),
    ([{"type": "string"}] * 201, False),
]


def _fields(schema: Mapping[str, object]) -> dict[str, object]:
    return cast("dict[str, object]", schema["properties"])


def _required(schema: Mapping[str, object]) -> list[str]:
    return cast("list[str]", schema["required"])


@pytest.mark.parametrize(("parts", "whole"), PARTS)
def test_parts_become_one(parts: list[Schema], whole: Schema) -> None:
    """The closer bound, what every part takes, and beside it what one keyword cannot say."""
    made = merge({"allOf": parts}, {})
    assert whole == made.schema
    assert () == made.lost
    assert not made.joined


def test_a_definition_becomes_a_part() -> None:
    """And a lone one stays a name, with the words around it."""
    made = merge({"allOf": [{"$ref": "#/$defs/Base"}, {"properties": {"b": {}}}]}, DEFINITIONS)
    assert made.joined
    assert {"id", "b"} == set(_fields(made.schema))
    lone = merge({"allOf": [{"$ref": "#/$defs/Base"}], "description": "told"}, DEFINITIONS)
    assert {"$ref": "#/$defs/Base", "description": "told"} == lone.schema
    assert not lone.joined


def test_a_circle_ends() -> None:
    """A definition that is a part of itself says nothing more by it."""
    made = merge({"allOf": [{"$ref": "#/$defs/Loop"}, {"type": "object"}]}, DEFINITIONS)
    assert {"type": "object"} == made.schema


def test_too_many_parts_are_told() -> None:
    """A hostile document costs no more than another."""
    parts = [{"required": [f"a{number}"]} for number in range(MOST_PARTS + 5)]
    made = merge({"allOf": parts}, {})
    assert MOST_PARTS == len(_required(made.schema))
    assert ("left out" in made.lost[0], 1) == (True, len(made.lost))


def test_a_part_that_closes_itself_beside_others_is_told() -> None:
    """Taken by the letter nothing would fit: what the document means is closed as a whole."""
    closed: Schema = {"properties": {"a": {}}, "additionalProperties": {"not": {}}}
    made = merge({"allOf": [closed, {"properties": {"b": {}}}]}, {})
    assert {"a", "b"} == set(_fields(made.schema))
    assert {"not": {}} == made.schema["additionalProperties"]
    assert "closed as a whole" in made.lost[0]


@pytest.mark.parametrize(("schemas", "apart"), CHOICES)
def test_it_is_plain_or_not_that_no_value_fits_two(schemas: list[Schema], *, apart: bool) -> None:
    """What is not plain counts as not apart."""
    assert apart == are_apart(schemas, {})
