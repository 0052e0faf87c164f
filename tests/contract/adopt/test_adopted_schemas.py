"""A schema becomes a class or a type whose own schema means the same, or a note says what not."""

from __future__ import annotations

import pytest
from jsonschema_rs import validator_for

from seamwright.contract.compare.comparison import compare
from seamwright.contract.compare.snapshot import snapshot_of_document
from seamwright.contract.description.read import describe
from tests.contract.adopt.adopted import of_schema, request_document

STRING: dict[str, object] = {"type": "string"}
CLOSED: dict[str, object] = {
    "type": "object",
    "properties": {"a": STRING},
    "required": ["a"],
    "additionalProperties": False,
}


SAME: dict[str, tuple[object, dict[str, object]]] = {
    "anything": ({}, {}),
    "a text": (STRING, {}),
    "a bounded text": ({"type": "string", "minLength": 1, "maxLength": 9, "pattern": "^a"}, {}),
    "a text of a format": ({"type": "string", "format": "date-time"}, {}),
    "a bounded text of a format": ({"type": "string", "format": "uuid", "maxLength": 36}, {}),
    "a pattern of another dialect": ({"type": "string", "pattern": "^(?!a)b"}, {}),
    "numbers": ({"type": "integer", "minimum": 1, "exclusiveMaximum": 9, "multipleOf": 2}, {}),
    "fractions": ({"type": "number", "exclusiveMinimum": 0.5, "maximum": 7.25}, {}),
    "an integer with a fraction as its bound": ({"type": "integer", "minimum": 0.5}, {}),
    "a flag": ({"type": "boolean"}, {}),
    "null": ({"type": "null"}, {}),
    "null or nothing else": ({"type": ["null"]}, {}),
    "a text or null": ({"type": ["string", "null"]}, {}),
    "several types": ({"type": ["string", "integer", "null"]}, {}),
    "choices": ({"enum": ["a", 1, True, None]}, {}),
    "choices of one type or null": ({"type": ["string", "null"], "enum": ["a", None]}, {}),
    "only null to choose": ({"type": ["string", "null"], "enum": [None]}, {}),
    "a constant": ({"const": "a"}, {}),
    "no literals": ({"enum": [1.5, {"a": 1}, [1]]}, {}),
    "true and one": ({"enum": [True, 1]}, {}),
    "a list": ({"type": "array", "items": STRING, "minItems": 1, "maxItems": 3}, {}),
    "a list of anything": ({"type": "array"}, {}),
    "different items": ({"type": "array", "items": STRING, "uniqueItems": True}, {}),
    "a pair": (
        {
            "type": "array",
            "prefixItems": [STRING, {"type": "integer"}],
            "minItems": 2,
            "maxItems": 2,
        },
        {},
    ),
    "a map": ({"type": "object", "additionalProperties": {"type": "integer"}}, {}),
    "a map of anything": ({"type": "object", "minProperties": 1}, {}),
    "an open object": ({"type": "object", "properties": {"a": STRING}}, {}),
    "a closed object": (CLOSED, {}),
    "a closed object without fields": ({"type": "object", "additionalProperties": False}, {}),
    "an object with other members": (
        {
            "type": "object",
            "properties": {"a": STRING},
            "additionalProperties": {"type": "integer"},
        },
        {},
    ),
    "a field that may be null": (
        {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]},
        {},
    ),
    "a field that may be null or missing": (
        {"type": "object", "properties": {"a": {"anyOf": [STRING, {"type": "null"}]}}},
        {},
    ),
    "a default": ({"type": "object", "properties": {"a": {**STRING, "default": "x"}}}, {}),
    "odd names": (
        {
            "type": "object",
            "properties": {"class": STRING, "x-y": STRING, "model_a": STRING, "_z": STRING},
            "required": ["class"],
        },
        {},
    ),
    "objects within": (
        {"type": "object", "properties": {"a": {"type": "array", "items": CLOSED}, "b": CLOSED}},
        {},
    ),
    "one of": ({"oneOf": [STRING, CLOSED]}, {}),
    "all of": (
        {
            "allOf": [
                {"$ref": "#/components/schemas/Base"},
                {"type": "object", "properties": {"b": STRING, "id": {"maxLength": 3}}},
            ]
        },
        {"Base": {"type": "object", "properties": {"id": STRING}, "required": ["id"]}},
    ),
    "another name": (
        {"$ref": "#/components/schemas/A"},
        {"A": {"$ref": "#/components/schemas/B"}, "B": CLOSED},
    ),
    "all of another name": (
        {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"c": STRING}}]},
        {
            "A": {"$ref": "#/components/schemas/B"},
            "B": {"type": "object", "properties": {"a": STRING}},
        },
    ),
    "a described reference": (
        {"allOf": [{"$ref": "#/components/schemas/B"}], "description": "told"},
        {"B": CLOSED},
    ),
    "a tree": (
        {"$ref": "#/components/schemas/Tree"},
        {
            "Tree": {
                "type": "object",
                "properties": {
                    "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
                    "value": {"$ref": "#/components/schemas/Value"},
                },
            },
            "Value": {
                "anyOf": [
                    STRING,
                    {"type": "array", "items": {"$ref": "#/components/schemas/Value"}},
                ]
            },
        },
    ),
    "a default of what must be there": (
        {"type": "object", "properties": {"a": {**STRING, "default": "x"}}, "required": ["a"]},
        {},
    ),
    "the closer of two bounds": (
        {
            "type": "object",
            "properties": {
                "a": {
                    "allOf": [
                        {"type": "string", "minLength": 1, "maxLength": 9},
                        {"minLength": 3, "maxLength": 20},
                    ]
                },
                "b": {"allOf": [{"type": ["string", "integer"]}, {"type": ["integer", "null"]}]},
                "c": {"allOf": [{"enum": ["x", "y"]}, {"enum": ["y", "z"]}]},
            },
        },
        {},
    ),
    "one of several that exclude each other": (
        {
            "oneOf": [
                {"$ref": "#/components/schemas/Cat"},
                {"$ref": "#/components/schemas/Dog"},
            ]
        },
        {
            "Cat": {
                "type": "object",
                "properties": {"kind": {"const": "cat"}},
                "required": ["kind"],
            },
            "Dog": {
                "type": "object",
                "properties": {"kind": {"const": "dog"}},
                "required": ["kind"],
            },
        },
    ),
    "read only and deprecated": (
        {
            "type": "object",
            "properties": {
                "a": {**STRING, "readOnly": True},
                "b": {"type": "array", "items": {**STRING, "deprecated": True}},
            },
        },
        {},
    ),
    "what has no words": (
        {
            "type": "object",
            "properties": {"a": STRING},
            "patternProperties": {"^x": {"type": "integer"}},
            "dependentRequired": {"a": ["b"]},
        },
        {},
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_a_schema_means_the_same_afterwards(name: str) -> None:
    """Comparing the document with that of the set made of it finds no change at all."""
    schema, definitions = SAME[name]
    before = describe(request_document(schema, **definitions))
    made, adoption = of_schema(schema, **definitions)
    after = describe(made)
    assert () == before.notes
    assert [] == [one.said for one in adoption.notes]
    changes = compare(snapshot_of_document(before), snapshot_of_document(after)).changes
    assert [] == [(one.code, one.where, one.said) for one in changes]


NOTED: dict[str, tuple[object, str]] = {
    "prefix items": (
        {"type": "array", "prefixItems": [STRING], "items": {"type": "integer"}},
        "`prefixItems` of a list of any length",
    ),
    "a reference within what has no words": (
        {"type": "object", "patternProperties": {"^x": {"$ref": "#/components/schemas/B"}}},
        "`patternProperties` with a reference within",
    ),
    "an object that is not said to be one": (
        {"properties": {"a": STRING}, "required": ["b"]},
        "its type is not said: taken for an object",
    ),
    "choices that may overlap": (
        {"oneOf": [{**STRING, "maxLength": 5}, {**STRING, "minLength": 3}]},
        "`oneOf` whose choices may overlap",
    ),
    "what must be there and may not": (
        {"type": "object", "required": ["b"], "properties": {}, "additionalProperties": False},
        "must be there and may not",
    ),
}


@pytest.mark.parametrize("name", NOTED)
def test_what_cannot_be_said_is_noted(name: str) -> None:
    """With the place where it was; the set loads all the same."""
    schema, said = NOTED[name]
    _, adoption = of_schema(schema, B=CLOSED)
    found = [one for one in adoption.notes if said in one.said]
    assert found, adoption.notes
    assert all("/paths/~1pets/post" in one.pointer or "#/$defs" in one.pointer for one in found)


def test_words_for_people_stay_at_the_field() -> None:
    """Description, examples, deprecation and alias, whether the field may be missing or not."""
    field = {**STRING, "description": "said\nso", "examples": ["x"], "deprecated": True}
    schema = {"type": "object", "properties": {"a-b": field, "c": field}, "required": ["c"]}
    made, adoption = of_schema(
        {"$ref": "#/components/schemas/Odd"}, Odd={**schema, "description": "Doc."}
    )
    odd = made["components"]["schemas"]["Odd"]
    assert "Doc." == odd["description"]
    for name in ("a-b", "c"):
        told = odd["properties"][name]
        assert ("said\nso", ["x"], True) == (
            told["description"],
            told["examples"],
            told["deprecated"],
        )
    assert 'Field(alias="a-b", deprecated=True)' in adoption.files["messages.py"]


def test_what_stands_beside_a_choice_holds_for_each_of_it() -> None:
    """The types of the choice each have it; the same instances are taken as before."""
    beside = {
        "type": "object",
        "properties": {"c": {"type": "integer"}},
        "anyOf": [{"properties": {"a": STRING}, "required": ["a"]}, {"required": ["b"]}],
    }
    made, _ = of_schema(beside)
    schema = {**made, "$ref": "#/components/schemas/PostPetsRequest"}
    before, after = validator_for(beside), validator_for(schema)
    for instance in (
        *({"a": "x"}, {"a": 1}, {"b": 1}, {"a": "x", "c": 1}, {"b": 1, "c": "x"}, {}, {"c": 1}, 7),
        *({"a": 1, "b": 1}, {"a": "x", "b": 2, "c": None}),
    ):
        assert before.is_valid(instance) == after.is_valid(instance), instance
