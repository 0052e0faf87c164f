"""Schemas of all dialects are read as JSON Schema 2020-12."""

from __future__ import annotations

import pytest

from tests.contract.description.documents import (
    EMPTY,
    NONE,
    openapi3,
    said,
    schema_of,
    swagger2,
    thing,
)

STRING: dict[str, object] = {"type": "string"}
OLD: dict[str, tuple[object, object]] = {
    "nullable": ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    "not nullable": ({"type": "string", "nullable": False}, {"type": "string"}),
    "nullable twice": (
        {"type": ["string", "null"], "nullable": True},
        {"type": ["string", "null"]},
    ),
    "nullable choices": (
        {"type": "string", "enum": ["a"], "nullable": True},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    "nullable choices that have null": (
        {"type": "string", "enum": ["a", None], "nullable": True},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    "nullable without a type": (
        {"allOf": [STRING], "nullable": True},
        {"anyOf": [{"allOf": [STRING]}, {"type": "null"}]},
    ),
    "nullable anything": ({"nullable": True}, EMPTY),
    "nullable reference": (
        {"$ref": "#/components/schemas/Other", "nullable": True, "description": "no effect"},
        {"anyOf": [{"$ref": "#/$defs/Other"}, {"type": "null"}]},
    ),
    "excluded bound": (
        {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
        {"type": "integer", "exclusiveMinimum": 1},
    ),
    "included bound": (
        {"type": "integer", "maximum": 1, "exclusiveMaximum": False},
        {"type": "integer", "maximum": 1},
    ),
    "example": ({"type": "string", "example": "x"}, {"type": "string", "examples": ["x"]}),
}


@pytest.mark.parametrize("name", OLD)
def test_the_old_words_are_said_in_the_new(name: str) -> None:
    """What 3.0 says in its own way means the same afterwards."""
    written, expected = OLD[name]
    assert expected == thing(written, version="3.0.3", Other=STRING)


NEW: dict[str, tuple[object, object]] = {
    "everything": (True, EMPTY),
    "nothing": (False, {"not": EMPTY}),
    "closed": (
        {"type": "object", "additionalProperties": False},
        {"type": "object", "additionalProperties": {"not": EMPTY}},
    ),
    "within": (
        {
            "properties": {"a/b": {"items": {"$ref": "#/components/schemas/Other"}}},
            "patternProperties": {"^x": True},
            "prefixItems": [STRING],
            "if": STRING,
            "dependentRequired": {"a": ["b"], "c": NONE},
            "required": ["a"],
        },
        {
            "properties": {"a/b": {"items": {"$ref": "#/$defs/Other"}}},
            "patternProperties": {"^x": EMPTY},
            "prefixItems": [STRING],
            "if": STRING,
            "dependentRequired": {"a": ["b"], "c": NONE},
            "required": ["a"],
        },
    ),
    "values": ({"const": None, "examples": [1]}, {"const": None, "examples": [1]}),
    "beside a reference": (
        {"$ref": "#/components/schemas/Other", "maxLength": 3},
        {"$ref": "#/$defs/Other", "maxLength": 3},
    ),
    "a list of items": ({"items": [STRING]}, {"prefixItems": [STRING]}),
    "for people": ({"externalDocs": EMPTY, "xml": EMPTY, "x-y": 1, "title": "T"}, {"title": "T"}),
    "a bound": ({"exclusiveMinimum": 3}, {"exclusiveMinimum": 3}),
}


@pytest.mark.parametrize("name", NEW)
def test_the_new_words_stay(name: str) -> None:
    """What 3.1 says is taken as it is; references are by one name."""
    written, expected = NEW[name]
    description = schema_of(written, Other=STRING)
    assert expected == description.definitions["Thing"]
    assert [] == said(description)


NOTED: dict[str, tuple[object, object, str]] = {
    "null": (None, EMPTY, "a schema was expected and null is there"),
    "no schema": (7, EMPTY, "a schema was expected and a number is there"),
    "no keyword": ({"discriminator": EMPTY}, EMPTY, "the keyword 'discriminator'"),
    "no type": ({"type": "date"}, EMPTY, "'date' is no type"),
    "no type at all": ({"type": EMPTY}, EMPTY, "an object is no type"),
    "no size": ({"maxLength": -1}, EMPTY, "a number that is no value of maxLength"),
    "no fraction of a size": ({"maxItems": 1.5}, EMPTY, "a number that is no value of maxItems"),
    "no names": ({"required": ["a", "a"]}, EMPTY, "a list that is no value of required"),
    "a flag for names": ({"required": True}, EMPTY, "a boolean that is no value of required"),
    "no names at all": ({"dependentRequired": 1}, EMPTY, "a number that is no value of dependentR"),
    "a name for lists": ({"dependentRequired": {"a": "b"}}, EMPTY, "an object that is no value of"),
    "no choices": ({"enum": NONE}, EMPTY, "a list that is no value of enum"),
    "no multiple": ({"multipleOf": 0}, EMPTY, "a number that is no value of multipleOf"),
    "no schemas": ({"allOf": NONE}, EMPTY, "a list that is no value of allOf"),
    "no named schemas": ({"properties": NONE}, EMPTY, "a list that is no value of properties"),
    "no bound": ({"exclusiveMinimum": True}, EMPTY, "exclusiveMinimum without minimum"),
    "a reference to nothing": (
        {"$ref": "#/components/schemas/No"},
        {},
        "leads to no schema in here",
    ),
    "a reference elsewhere": (
        {"$ref": "other.yaml#/A"},
        EMPTY,
        "'other.yaml#/A' leads to no schema",
    ),
    "a reference into a text": ({"$ref": "#/info/title/x"}, EMPTY, "leads to no schema in here"),
    "a reference to a text": ({"$ref": "#/info/title"}, EMPTY, "leads to no schema in here"),
    "itself": ({"$ref": "#/components/schemas/Thing"}, EMPTY, "'Thing' is defined as itself"),
}


@pytest.mark.parametrize("name", NOTED)
def test_what_is_no_schema_is_noted(name: str) -> None:
    """It is left out, and the note says where it was and what it was."""
    written, expected, sentence = NOTED[name]
    description = schema_of(written)
    assert expected == description.definitions["Thing"]
    ((pointer, told),) = said(description)
    assert sentence in told
    assert pointer.startswith("/components/schemas")


def test_an_empty_list_of_required_fields_says_nothing() -> None:
    """Many generators write it; it is neither kept nor noted."""
    description = schema_of({"required": NONE})
    assert {} == description.definitions["Thing"]
    assert [] == said(description)


def test_what_stands_beside_an_old_reference_is_noted() -> None:
    """In 3.0 a reference is all that counts."""
    written = {"$ref": "#/components/schemas/Other", "maxLength": 3, "x-a": 1}
    description = schema_of(written, version="3.0.0", Other=STRING)
    assert {"$ref": "#/$defs/Other"} == description.definitions["Thing"]
    assert "'maxLength' beside a reference" in said(description)[0][1]


def test_circles_of_definitions_are_kept_and_cut_where_they_are_nothing_else() -> None:
    """A tree names itself; two names that only name each other take anything."""
    tree = {"properties": {"children": {"items": {"$ref": "#/components/schemas/Thing"}}}}
    expected = {"properties": {"children": {"items": {"$ref": "#/$defs/Thing"}}}}
    assert expected == thing(tree)
    description = schema_of(
        {"$ref": "#/components/schemas/B"},
        B={"$ref": "#/components/schemas/C"},
        C={"$ref": "#/components/schemas/B"},
    )
    assert {"$ref": "#/$defs/B"} == description.definitions["Thing"]
    assert {} == description.definitions["B"]
    assert 1 == len(description.notes)


def test_any_place_of_the_document_can_be_a_definition() -> None:
    """A reference into a schema, a list or a response gives a name of its own."""
    place = "#/paths/~1pets/get/responses/200/content/application~1json/schema"
    answer = {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}}
    within = {
        "properties": {"a": {"$ref": "#/components/schemas/Other/allOf/0"}, "b": {"$ref": place}}
    }
    description = openapi3(
        {"responses": {"200": answer}},
        components={
            "schemas": {"Thing": within, "Other": {"allOf": [STRING]}, "Other.allOf.0": EMPTY}
        },
    )
    properties = description.definitions["Thing"]["properties"]
    assert isinstance(properties, dict)
    first, second = (str(one["$ref"]).removeprefix("#/$defs/") for one in properties.values())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    assert STRING == description.definitions[first]
    assert "Schema" not in first
    assert {"type": "integer"} == description.definitions[second]
    assert [] == said(description)


def test_names_that_are_none_are_made_ones_that_are() -> None:
    """Two odd names that become the same one are told apart."""
    description = swagger2(definitions={"Page«Pet»": STRING, "Page<Pet>": EMPTY, "»": EMPTY})
    assert ["Page_Pet_", "Page_Pet__2", "_"] == list(description.definitions)
    assert STRING == description.definitions["Page_Pet_"]


def test_a_whole_document_is_no_schema_by_name() -> None:
    """A reference to the root of the document is followed and named all the same."""
    description = schema_of({"properties": {"a": {"$ref": "#"}}})
    assert "Schema" in description.definitions


def test_lists_that_are_no_schemas_are_no_folder() -> None:
    """Where named schemas are no object, there are none."""
    assert {} == openapi3(components={"schemas": NONE}).definitions
