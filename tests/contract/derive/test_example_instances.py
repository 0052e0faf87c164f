"""Examples are instances of their schemas, telling ones, the same every time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import validator_for

from contracts import SYSTEM as SEED
from seamwright.contract.derive.example import NO_EXAMPLE, example
from seamwright.contract.derive.json_schema import message_schema

TREE: dict[str, Any] = {
    "$ref": "#/$defs/Tree",
    "$defs": {
        "Tree": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
                "parent": {"$ref": "#/$defs/Tree"},
            },
            "required": ["name"],
        }
    },
}

MADE: dict[str, tuple[dict[str, Any], object]] = {
    "examples": ({"type": "string", "examples": ["rex"]}, "rex"),
    "default": ({"type": "integer", "default": 20}, 20),
    "no default": ({"type": ["string", "null"], "default": None}, "example"),
    "const": ({"const": None}, None),
    "enum": ({"enum": ["a", "b"]}, "a"),
    "format": ({"type": "string", "format": "ipv4"}, "192.0.2.1"),
    "an unknown format": ({"type": "string", "format": "colour"}, "example"),
    "pattern": ({"type": "string", "pattern": "^[a-z]+-[0-9]$"}, "example-1"),
    "pattern of a format": ({"type": "string", "pattern": "^[0-9.]{9}$"}, "192.0.2.1"),
    "short": ({"type": "string", "maxLength": 1}, "a"),
    "digits": ({"type": "string", "pattern": "^[0-9]+$", "maxLength": 6, "minLength": 6}, "111111"),
    "long": ({"type": "string", "minLength": 10}, "example-ex"),
    "longer": ({"type": "string", "minLength": 100}, ("example-" * 13)[:100]),
    "long letters": ({"type": "string", "minLength": 99, "pattern": "^a+$"}, "a" * 99),
    "integer": ({"type": "integer"}, 1),
    "above": ({"type": "integer", "exclusiveMinimum": 7}, 8),
    "at least": ({"type": "number", "minimum": 2.5, "multipleOf": 0.5}, 2.5),
    "below": ({"type": "integer", "exclusiveMaximum": -7}, -8),
    "at most": ({"type": "integer", "maximum": -7}, -7),
    "steps": ({"type": "integer", "multipleOf": 5}, 5),
    "boolean": ({"type": "boolean"}, True),
    "null": ({"type": "null"}, None),
    "items": ({"type": "array", "items": {"type": "integer"}}, [1]),
    "several": ({"type": "array", "items": {"enum": ["a"]}, "minItems": 2}, ["a", "a"]),
    "places": ({"prefixItems": [{"const": 1}, {"const": 2}], "type": "array"}, [1, 2]),
    "at most none": ({"type": "array", "items": {"type": "integer"}, "maxItems": 0}, []),
    "anything": ({"items": True, "type": "array"}, ["example"]),
    "labels": ({"additionalProperties": {"type": "integer"}, "type": "object"}, {"name": 1}),
    "no labels": (
        {"additionalProperties": {"type": "string", "pattern": "q{9}"}, "type": "object"},
        {},
    ),
    "unnamed": ({"required": ["a"], "type": "object"}, {"a": "example"}),
    "without a type": ({"properties": {"a": {"minimum": 3}}}, {"a": 3}),
    "nothing said": ({}, "example"),
    "either": ({"anyOf": [{"type": "string", "pattern": "q{9}"}, {"type": "integer"}]}, 1),
    "one": (
        {"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"a": "example"},
    ),
    "all": (
        {
            "allOf": [
                {"properties": {"a": {"const": 1}}, "required": ["a"]},
                {"properties": {"b": {"const": 2}}, "required": ["b", "a"]},
            ]
        },
        {"a": 1, "b": 2},
    ),
    "a tree": (TREE, {"name": "example", "children": []}),
}


@pytest.mark.parametrize("name", MADE)
def test_an_example_is_what_a_reader_would_write(name: str) -> None:
    """And the same every time."""
    schema, expected = MADE[name]
    assert expected == example(schema)
    assert type(expected) is type(example(schema))


NONE: dict[str, dict[str, Any]] = {
    "a pattern": {"type": "string", "pattern": "^q{9}[!]$"},
    "a pattern of another dialect": {"type": "string", "pattern": r"^\p{Lu}+$"},
    "no pattern": {"type": "string", "pattern": "["},
    "a bound that cannot be": {"type": "integer", "minimum": 3, "maximum": 2},
    "a length that cannot be": {"type": "string", "minLength": 3, "maxLength": 2},
    "a length that is too much": {"type": "string", "minLength": 10**7, "maxLength": 10**8},
    "a required field": {"properties": {"a": {"pattern": "q{9}"}}, "required": ["a"]},
    "a required stranger": {
        "required": ["a"],
        "additionalProperties": {"type": "string", "pattern": "q{9}"},
        "type": "object",
    },
    "a required item": {"type": "array", "minItems": 1, "items": {"pattern": "q{9}"}},
    "different items": {
        "type": "array",
        "minItems": 2,
        "uniqueItems": True,
        "items": {"const": 1},
    },
    "neither": {"anyOf": [{"pattern": "q{9}"}, {"pattern": "q{8}"}]},
    "nothing": {"not": {}},
    "false": {"type": "array", "minItems": 1, "items": False},
    "an endless one": {
        "$ref": "#/$defs/A",
        "$defs": {"A": {"properties": {"a": {"$ref": "#/$defs/A"}}, "required": ["a"]}},
    },
    "a reference to nothing": {"$ref": "#/$defs/No"},
}


@pytest.mark.parametrize("name", NONE)
def test_no_example_is_better_than_a_wrong_one(name: str) -> None:
    """What nothing satisfies, or nothing that is tried, has none."""
    assert NO_EXAMPLE is example(NONE[name])
    assert "NO_EXAMPLE" == repr(NO_EXAMPLE)


def test_a_circle_of_all_of_ends() -> None:
    """A definition that is a part of itself is read a hundred times at most."""
    circle: list[object] = [{"$ref": "#/$defs/A"}, True]
    schema: dict[str, Any] = {"$ref": "#/$defs/A", "$defs": {"A": {"allOf": circle}}}
    assert example(schema) in ("example", NO_EXAMPLE)


def test_every_message_of_the_seed_has_one() -> None:
    """With all its fields, so that it shows what there is."""
    for service in SEED.services:
        for model in {one for endpoint in service.endpoints for one in endpoint.messages}:
            made = example(message_schema(model))
            assert isinstance(made, dict), model
            model.model_validate(made)


WORDS = st.sampled_from(["", "a", "0", "example", "2026-01-31T12:00:00Z"])
NUMBERS, LENGTHS = st.integers(-9, 9), st.integers(0, 20)


def _fields(
    required: dict[str, Any], optional: dict[str, Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


TEXTS = _fields(
    {"type": st.just("string")},
    {
        "minLength": LENGTHS,
        "maxLength": LENGTHS,
        "pattern": st.sampled_from(["^a", "[0-9]", "^[a-z-]+$", "q"]),
        "format": st.sampled_from(["uuid", "email", "date-time", "date", "uri"]),
    },
)
FIGURES = _fields(
    {"type": st.sampled_from(["integer", "number"])},
    {
        "minimum": NUMBERS,
        "maximum": NUMBERS,
        "exclusiveMinimum": NUMBERS,
        "multipleOf": st.sampled_from([1, 2, 0.5]),
    },
)
OTHERS: list[dict[str, Any]] = [{}, {"type": "boolean"}, {"type": "null"}, {"const": 1}]


def _around(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return (
        _fields(
            {"type": st.just("array"), "items": inner},
            {"minItems": st.integers(0, 3), "uniqueItems": st.booleans()},
        )
        | _fields(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(WORDS, inner, max_size=3),
                "required": st.lists(WORDS, unique=True, max_size=2),
            },
            {"additionalProperties": st.booleans() | inner},
        )
        | _fields({"anyOf": st.lists(inner, min_size=1, max_size=3)}, {})
        | _fields({"allOf": st.lists(inner, min_size=1, max_size=2)}, {})
    )


SCHEMAS = st.recursive(TEXTS | FIGURES | st.sampled_from(OTHERS), _around, max_leaves=8)


@given(SCHEMAS)
def test_an_example_is_always_an_instance(schema: dict[str, Any]) -> None:
    """Of whatever schema; or there is none."""
    made: Any = example(schema)
    assert made is NO_EXAMPLE or validator_for(schema, validate_formats=True).is_valid(made)
