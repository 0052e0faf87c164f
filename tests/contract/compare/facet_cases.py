"""For each kind of change of a value: a schema, one that shows the change, and a harmless twin.

The twin changes something nearby that no reader may take for the change: the same said in other
words, or a change within what stays the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Schema = dict[str, Any]


class Case(NamedTuple):
    """Three schemas: as it was, with the change, and the twin."""

    old: Schema
    new: Schema
    twin: Schema


TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
LIST: Schema = {"type": "array", "items": {"type": "string"}}
PET: Schema = {"type": "object", "properties": {"name": TEXT, "age": WHOLE}, "required": ["name"]}
CAT: Schema = {"type": "object", "properties": {"kind": {"const": "cat"}}, "required": ["kind"]}
DOG: Schema = {"type": "object", "properties": {"kind": {"const": "dog"}}, "required": ["kind"]}
BIRD: Schema = {"type": "object", "properties": {"kind": {"const": "bird"}}, "required": ["kind"]}


def _pet(**changed: Any) -> Schema:
    return {**PET, **changed}


def _set(schema: Schema, keyword: str, value: object, twin: Schema) -> Case:
    return Case(schema, {**schema, keyword: value}, {**schema, **twin})


def _unset(schema: Schema, keyword: str, value: object, twin: Schema) -> Case:
    return Case({**schema, keyword: value}, schema, {**schema, keyword: value, **twin})


def _moved(schema: Schema, keyword: str, old: object, new: object, twin: Schema) -> Case:
    base = {**schema, keyword: old}
    return Case(base, {**schema, keyword: new}, {**base, **twin})


NOTE: Schema = {"description": "the same"}

CASES: dict[str, Case] = {
    "TYPE-WIDENED": Case(WHOLE, {"type": "number"}, {"type": ["integer"]}),
    "TYPE-NARROWED": Case({"type": ["string", "integer"]}, WHOLE, {"type": ["integer", "string"]}),
    "TYPE-CHANGED": Case(WHOLE, {"type": "boolean"}, {"allOf": [WHOLE]}),
    "BECAME-NULLABLE": Case(TEXT, {"type": ["string", "null"]}, {"oneOf": [TEXT]}),
    "BECAME-NOT-NULLABLE": Case(
        {"type": ["string", "null"]}, TEXT, {"anyOf": [{"type": "null"}, TEXT]}
    ),
    "ENUM-SET": Case(TEXT, {"type": "string", "enum": ["a"]}, {**TEXT, "examples": ["a"]}),
    "ENUM-UNSET": Case({"type": "string", "enum": ["a"]}, TEXT, {"const": "a"}),
    "ENUM-VALUE-ADDED": Case({"enum": ["a", "b"]}, {"enum": ["a", "b", "c"]}, {"enum": ["b", "a"]}),
    "ENUM-VALUE-REMOVED": Case({"enum": ["a", "b"]}, {"const": "a"}, {"enum": ["b", "a", "a"]}),
    "FORMAT-SET": _set(TEXT, "format", "date", NOTE),
    "FORMAT-UNSET": _unset(TEXT, "format", "date", NOTE),
    "FORMAT-NARROWED": _moved(WHOLE, "format", "int64", "int32", NOTE),
    "FORMAT-WIDENED": _moved(WHOLE, "format", "int32", "int64", NOTE),
    "FORMAT-CHANGED": _moved(TEXT, "format", "date", "date-time", NOTE),
    "PATTERN-SET": _set(TEXT, "pattern", "^a$", {"pattern": ".*"}),
    "PATTERN-UNSET": _unset(TEXT, "pattern", "^a$", NOTE),
    "PATTERN-CHANGED": _moved(TEXT, "pattern", "^a$", "^b$", NOTE),
    "RANGE-SET": _set(WHOLE, "minimum", 1, NOTE),
    "RANGE-UNSET": _unset(WHOLE, "maximum", 9, NOTE),
    "RANGE-TIGHTENED": _moved({"type": "number"}, "exclusiveMaximum", 9, 8, {"maximum": 9}),
    "RANGE-RELAXED": Case(
        {"type": "integer", "exclusiveMinimum": 1},
        {"type": "integer", "minimum": 1},
        {"type": "integer", "minimum": 2},
    ),
    "LENGTH-SET": _set(TEXT, "minLength", 1, {"minLength": 0}),
    "LENGTH-UNSET": _unset(TEXT, "maxLength", 9, NOTE),
    "LENGTH-TIGHTENED": _moved(TEXT, "maxLength", 9, 8, {"maxLength": 9.0}),
    "LENGTH-RELAXED": _moved(TEXT, "minLength", 2, 1, NOTE),
    "ITEMS-SET": _set(LIST, "maxItems", 9, {"minItems": 0}),
    "ITEMS-UNSET": _unset(LIST, "minItems", 1, NOTE),
    "ITEMS-TIGHTENED": _moved(LIST, "minItems", 1, 2, NOTE),
    "ITEMS-RELAXED": _moved(LIST, "maxItems", 8, 9, {"maxLength": 9}),
    "CONTAINS-SET": _set({**LIST, "contains": TEXT}, "maxContains", 3, NOTE),
    "CONTAINS-UNSET": _unset({**LIST, "contains": TEXT}, "minContains", 2, NOTE),
    "CONTAINS-TIGHTENED": _moved({**LIST, "contains": TEXT}, "maxContains", 3, 2, NOTE),
    "CONTAINS-RELAXED": _moved({**LIST, "contains": TEXT}, "minContains", 3, 2, NOTE),
    "PROPERTIES-SET": _set(PET, "maxProperties", 3, {"minProperties": 0}),
    "PROPERTIES-UNSET": _unset(PET, "minProperties", 1, NOTE),
    "PROPERTIES-TIGHTENED": _moved(PET, "maxProperties", 3, 2, {"maxItems": 2}),
    "PROPERTIES-RELAXED": _moved(PET, "maxProperties", 2, 3, NOTE),
    "MULTIPLE-SET": _set(WHOLE, "multipleOf", 2, {"multipleOf": 1}),
    "MULTIPLE-UNSET": _unset(WHOLE, "multipleOf", 2, NOTE),
    "MULTIPLE-TIGHTENED": _moved(WHOLE, "multipleOf", 2, 4, {"multipleOf": 2.0}),
    "MULTIPLE-RELAXED": _moved(WHOLE, "multipleOf", 4, 2, NOTE),
    "MULTIPLE-CHANGED": _moved(WHOLE, "multipleOf", 2, 3, NOTE),
    "UNIQUE-SET": _set(LIST, "uniqueItems", True, {"uniqueItems": False}),
    "UNIQUE-UNSET": _unset(LIST, "uniqueItems", True, NOTE),
    "PROPERTY-ADDED-REQUIRED": Case(
        PET,
        {
            **PET,
            "properties": {**PET["properties"], "owner": TEXT},
            "required": ["name", "owner"],
        },
        {"allOf": [PET, {"type": "object"}]},
    ),
    "PROPERTY-ADDED-OPTIONAL": Case(
        PET,
        {**PET, "properties": {**PET["properties"], "owner": TEXT}},
        {**PET, "properties": {**PET["properties"], "owner": {"not": {}}}},
    ),
    "PROPERTY-REMOVED-REQUIRED": Case(
        PET, {"type": "object", "properties": {"age": WHOLE}}, {"allOf": [PET, PET]}
    ),
    "PROPERTY-REMOVED-OPTIONAL": Case(
        PET, _pet(properties={"name": TEXT}), _pet(properties={"age": WHOLE, "name": TEXT})
    ),
    "PROPERTY-BECAME-REQUIRED": Case(
        PET, _pet(required=["name", "age"]), {"allOf": [PET, {"required": ["name"]}]}
    ),
    "PROPERTY-BECAME-OPTIONAL": Case(PET, _pet(required=[]), _pet(required=["name", "name"])),
    "PROPERTY-DEPRECATED": Case(
        PET,
        _pet(properties={"name": TEXT, "age": {**WHOLE, "deprecated": True}}),
        _pet(properties={"name": TEXT, "age": {**WHOLE, "deprecated": False}}),
    ),
    "PROPERTY-REINSTATED": Case(
        _pet(properties={"name": TEXT, "age": {**WHOLE, "deprecated": True}}),
        PET,
        _pet(properties={"name": TEXT, "age": {**WHOLE, "deprecated": True, **NOTE}}),
    ),
    "ADDITIONAL-CLOSED": _set(PET, "additionalProperties", False, {"additionalProperties": True}),
    "ADDITIONAL-OPENED": Case(
        _pet(additionalProperties=False),
        PET,
        _pet(additionalProperties={"not": {}}),
    ),
    "DEFAULT-SET": _set(WHOLE, "default", 1, NOTE),
    "DEFAULT-UNSET": _unset(WHOLE, "default", 1, NOTE),
    "DEFAULT-CHANGED": _moved(WHOLE, "default", 1, 2, {"default": 1.0}),
    "CONSTRAINT-SET": _set(TEXT, "not", {"const": "a"}, {"x-note": {"const": "a"}}),
    "CONSTRAINT-UNSET": _unset(PET, "propertyNames", {"maxLength": 3}, NOTE),
    "CONSTRAINT-CHANGED": _moved(TEXT, "not", {"const": "a"}, {"const": "b"}, NOTE),
    "DISCRIMINATOR-CHANGED": _set(
        {"oneOf": [CAT, DOG]}, "discriminator", {"propertyName": "kind"}, NOTE
    ),
    "UNION-MEMBER-ADDED": Case(
        {"oneOf": [CAT, DOG]}, {"oneOf": [CAT, DOG, BIRD]}, {"oneOf": [DOG, {"anyOf": [CAT]}]}
    ),
    "UNION-MEMBER-REMOVED": Case(
        {"anyOf": [CAT, DOG]}, {"anyOf": [CAT]}, {"oneOf": [DOG, CAT, CAT]}
    ),
    "UNION-SET": Case(
        PET,
        {**PET, "anyOf": [{"required": ["name"]}, {"required": ["age"]}]},
        {**PET, "anyOf": [{}]},
    ),
    "UNION-UNSET": Case(
        {**PET, "anyOf": [{"required": ["name"]}, {"required": ["age"]}]},
        PET,
        {**PET, "anyOf": [{"required": ["age"]}, {"required": ["name"]}]},
    ),
}
