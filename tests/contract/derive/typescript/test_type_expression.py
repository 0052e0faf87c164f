"""Each word of JSON Schema becomes the type that says the same."""

from __future__ import annotations

import pytest

from seamwright.contract.derive.typescript.spelling import access, comment, key, literal, union
from seamwright.contract.derive.typescript.type_expression import expression, fields

NAMES = {"Pet": "Pet", "x__Twin": "XTwin"}
PET = {"$ref": "#/$defs/Pet"}
TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({}, "unknown"),
        (True, "unknown"),
        (False, "never"),
        ({"not": {}}, "never"),
        ({"type": "integer"}, "number"),
        ({"type": "null"}, "null"),
        ({"type": "colour"}, "unknown"),
        ({"type": ["string", "null"]}, "string | null"),
        (PET, "Pet"),
        ({"$ref": "#/$defs/x__Twin", "description": "one"}, "XTwin"),
        ({"$ref": "#/$defs/Gone"}, "unknown"),
        ({"const": "a\u2028"}, '"a\\u2028"'),
        ({"const": 1.5}, "1.5"),
        ({"const": float("inf")}, "number"),
        ({"const": {"a b": [True, None]}}, '{ "a b": [true, null] }'),
        ({"enum": ["a", "a", 1]}, '"a" | 1'),
        ({"anyOf": [PET, TEXT, {"type": "null"}]}, "Pet | string | null"),
        ({"oneOf": [TEXT, {}]}, "unknown"),
        ({"anyOf": [TEXT, False]}, "string"),
        ({"allOf": [PET, {"anyOf": [TEXT, {"type": "null"}]}]}, "(Pet & (string | null))"),
        ({"allOf": [PET]}, "Pet"),
        ({"type": "string", "anyOf": [{"minLength": 1}, {"maxLength": 2}]}, "string"),
        ({"type": "array", "items": PET}, "Pet[]"),
        ({"items": {"enum": ["a", "b"]}}, '("a" | "b")[]'),
        ({"type": "array"}, "unknown[]"),
        ({"type": "array", "items": {"anyOf": [{}, TEXT]}}, "unknown[]"),
        ({"type": "array", "items": False}, "[]"),
        ({"prefixItems": [TEXT, PET], "minItems": 2, "maxItems": 2}, "[string, Pet]"),
        ({"prefixItems": [TEXT, PET], "minItems": 1, "items": False}, "[string, Pet?]"),
        ({"prefixItems": [TEXT], "minItems": 1}, "[string, ...unknown[]]"),
        ({"prefixItems": [TEXT], "minItems": 1, "items": PET}, "[string, ...Pet[]]"),
        ({"type": "object"}, "Record<string, unknown>"),
        ({"type": "object", "additionalProperties": False}, "Record<string, never>"),
        ({"additionalProperties": TEXT}, "Record<string, string>"),
        ({"additionalProperties": True}, "Record<string, unknown>"),
        ({"additionalProperties": PET}, "{ [key: string]: Pet }"),
        ({"patternProperties": {"^a": TEXT}}, "Record<string, string>"),
        (
            {"additionalProperties": TEXT, "propertyNames": {"enum": ["a", "b"]}},
            '{ [key in "a" | "b"]?: string }',
        ),
        ({"additionalProperties": TEXT, "propertyNames": TEXT}, "Record<string, string>"),
        ({"properties": {"a": TEXT}, "required": ["a"]}, "{\n  a: string;\n}"),
        ({"properties": {"a-b": TEXT}}, '{\n  "a-b"?: string;\n}'),
        (
            {"properties": {"a": TEXT}, "additionalProperties": {"type": "integer"}},
            "{\n  a?: string;\n  [key: string]: number | string | undefined;\n}",
        ),
        (
            {"properties": {"a": {**TEXT, "description": "said"}, "b": True}, "required": ["b"]},
            "{\n  /** said */\n  a?: string;\n  b: unknown;\n}",
        ),
    ],
)
def test_a_schema_becomes_its_type(schema: object, expected: str) -> None:
    """The type allows what the schema allows, as far as TypeScript can say it."""
    assert expected == expression(schema, NAMES)


def test_fields_inside_of_fields_are_indented() -> None:
    """Each level stands two spaces deeper."""
    inner = {"properties": {"b": {"type": "array", "items": {"properties": {"c": TEXT}}}}}
    lines = fields({"properties": {"a": inner}}, {}, "")
    text = "  a?: {\n    b?: {\n      c?: string;\n    }[];\n  };"
    assert text == "\n".join(lines)


def test_a_long_union_stands_on_lines_of_its_own() -> None:
    """One alternative a line, with what is before it in the line counted."""
    parts = [f'"{letter * 10}"' for letter in "abcdefgh"]
    assert "".join(f"\n    | {one}" for one in parts) == union(parts, "  ")
    assert " | ".join(parts[:6]) == union(parts[:6], "  ")
    assert "\n" in union(parts[:6], "  ", 20)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one", ["/** one */"]),
        ("ends */ here\n\n  two\x1b ", ["/**", " * ends *\\/ here", " *", " *   two", " */"]),
        ("w" * 95, ["/**", f" * {'w' * 95}", " */"]),
    ],
)
def test_a_comment_ends_where_it_should(text: str, lines: list[str]) -> None:
    """Nothing that is said can end it early, and what is no text is a space."""
    assert lines == comment(text)


def test_names_are_quoted_where_they_must_be() -> None:
    """A property of any name can be declared and read."""
    assert ["a", "$1", '"1a"', '"\\u00e9"'] == [key(one) for one in ("a", "$1", "1a", "\u00e9")]
    assert 'body.a["b c"]' == access("body", ("a", "b c"))
    assert "-1" == literal(-1)
