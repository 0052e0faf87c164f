"""Values in one normal form: said otherwise is not changed, and each change has its class."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.compare.interfaces import answered, asked, changes, codes, described, sent

TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}
NUMBER: dict[str, Any] = {"type": "number"}
PET: dict[str, Any] = {"type": "object", "properties": {"name": TEXT}, "required": ["name"]}
CLOSED: dict[str, Any] = {**PET, "additionalProperties": False}

SAME: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    ({"type": "integer", "exclusiveMaximum": 9}, {"type": "integer", "maximum": 8}),
    ({**NUMBER, "minimum": 1, "exclusiveMinimum": 1}, {**NUMBER, "exclusiveMinimum": 1}),
    ({**NUMBER, "minimum": 1, "exclusiveMinimum": 0}, {**NUMBER, "minimum": 1}),
    ({**NUMBER, "maximum": 1, "exclusiveMaximum": 2}, {**NUMBER, "maximum": 1}),
    ({**NUMBER, "minimum": 2}, {"allOf": [NUMBER, {"minimum": 2}, {"minimum": 1}]}),
    ({**NUMBER, "maximum": 1}, {"allOf": [NUMBER, {"maximum": 2}, {"maximum": 1}]}),
    ({**WHOLE, "multipleOf": 4}, {"allOf": [WHOLE, {"multipleOf": 2}, {"multipleOf": 4}]}),
    ({**TEXT, "maxLength": 2}, {"allOf": [{**TEXT, "maxLength": 2}, {"maxLength": 3}]}),
    ({**TEXT, "minLength": 3}, {"allOf": [{**TEXT, "minLength": 2}, {"minLength": 3}]}),
    ({"enum": ["b"]}, {"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}),
    ({"enum": ["a"], "maxLength": 3}, {"const": "a"}),
    ({"enum": [1, 2.0, 1.5]}, {"type": "number", "enum": [1.0, 2, 1.5]}),
    ({"enum": [True, [1], {"a": 1}]}, {"enum": [{"a": 1.0}, [1], True]}),
    ({**TEXT, "pattern": ".*"}, {**TEXT, "pattern": "^.*$"}),
    ({**WHOLE, "pattern": "a", "maxItems": 3, "required": ["a"]}, WHOLE),
    ({**WHOLE, "minimum": True, "format": 3, "enum": None}, WHOLE),
    ({**WHOLE, "minimum": float("nan"), "maximum": float("inf")}, WHOLE),
    ({**PET, "required": "name"}, PET),
    ({**PET, "properties": {"name": True}}, {**PET, "properties": {"name": {}}}),
    ({**PET, "properties": {"name": TEXT, "x": False}}, PET),
    ({"type": "object", "required": ["name"]}, {**PET, "properties": {"name": {}}}),
    (CLOSED, {"allOf": [CLOSED, {"properties": {"other": TEXT}}]}),
    (CLOSED, {"allOf": [{"properties": {"other": TEXT}}, CLOSED]}),
    (CLOSED, {"allOf": [CLOSED, {**PET, "additionalProperties": TEXT}]}),
    (PET, {"allOf": [PET, {"properties": {"name": {"description": "said"}}}]}),
    (
        {**PET, "properties": {"name": {**TEXT, "maxLength": 3}}},
        {"allOf": [PET, {"properties": {"name": {"maxLength": 3}}}]},
    ),
    (
        {"type": "array", "prefixItems": [TEXT, WHOLE]},
        {"allOf": [{"type": "array", "prefixItems": [TEXT]}, {"prefixItems": [{}, WHOLE]}]},
    ),
    ({"type": "array", "items": TEXT}, {"allOf": [{"items": TEXT}, {"type": "array"}]}),
    ({**TEXT, "default": "a"}, {"allOf": [{"default": "a"}, TEXT]}),
    ({**TEXT, "title": "Name", "x-note": 1, "examples": ["a"]}, TEXT),
    ({"not": {}}, {"allOf": [TEXT, {"not": {}}]}),
    ({"type": "nonsense"}, {"not": {}}),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_the_same_in_other_words_is_no_change(one: dict[str, Any], two: dict[str, Any]) -> None:
    """Either way, in requests and in responses."""
    for made in (sent, answered):
        assert [] == codes(described(made(one)), described(made(two)))
        assert [] == codes(described(made(two)), described(made(one)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"enum": ["a", "bb"]}, {**TEXT, "maxLength": 1}, ["ENUM-UNSET", "ENUM-VALUE-REMOVED"]),
        ({**TEXT, "minLength": 2}, {"enum": ["a", "bb"]}, ["ENUM-SET", "ENUM-VALUE-ADDED"]),
        ({"enum": [1, 2, 3]}, {**WHOLE, "maximum": 2}, ["ENUM-UNSET", "ENUM-VALUE-REMOVED"]),
        ({**NUMBER, "exclusiveMinimum": 1}, {"enum": [1]}, ["ENUM-SET", "ENUM-VALUE-ADDED"]),
        ({"enum": [1]}, {**NUMBER, "maximum": 1}, ["ENUM-UNSET"]),
        ({"type": ["boolean", "array"]}, {"enum": [True, [1]]}, ["ENUM-SET"]),
        ({"enum": ["a"]}, {"enum": [1]}, ["TYPE-CHANGED"]),
        ({**WHOLE, "multipleOf": 10**400}, {**WHOLE, "multipleOf": 0.5}, ["MULTIPLE-CHANGED"]),
        ({**NUMBER, "multipleOf": 0.5}, {**NUMBER, "multipleOf": 1}, ["MULTIPLE-TIGHTENED"]),
        ({**WHOLE, "multipleOf": 0}, {**WHOLE, "multipleOf": 2}, ["MULTIPLE-RELAXED"]),
        (
            {"type": "array", "prefixItems": [TEXT]},
            {"type": "array", "prefixItems": [WHOLE, TEXT]},
            ["CONSTRAINT-CHANGED", "TYPE-CHANGED"],
        ),
        ({**PET, "additionalProperties": TEXT}, PET, ["TYPE-WIDENED"]),
        ({**PET, "additionalProperties": WHOLE}, CLOSED, ["ADDITIONAL-CLOSED"]),
        (TEXT, {"not": {}}, ["TYPE-NARROWED"]),
        ({**TEXT, "format": "a"}, {**TEXT, "format": "b"}, ["FORMAT-CHANGED"]),
        (
            {"oneOf": [PET, TEXT], "discriminator": {"propertyName": "a"}},
            {"oneOf": [PET, TEXT], "discriminator": {"propertyName": "b"}},
            ["DISCRIMINATOR-CHANGED"],
        ),
    ],
)
def test_a_change_is_told_by_its_classes(
    old: dict[str, Any], new: dict[str, Any], expected: list[str]
) -> None:
    """All of them, and no other."""
    assert [f"REQ-{one}" for one in expected] == codes(described(sent(old)), described(sent(new)))


def test_read_only_is_not_sent_and_write_only_is_not_answered() -> None:
    """A property counts only in the direction in which it travels."""
    own = {"type": "object", "properties": {"id": {**TEXT, "readOnly": True}, "key": TEXT}}
    secret = {"type": "object", "properties": {"id": TEXT, "key": {**TEXT, "writeOnly": True}}}
    both = {"type": "object", "properties": {"id": TEXT, "key": TEXT}}
    assert ["REQ-PROPERTY-ADDED-OPTIONAL"] == codes(described(sent(own)), described(sent(both)))
    assert [] == codes(described(answered(own)), described(answered(both)))
    assert ["RES-PROPERTY-REMOVED-OPTIONAL"] == codes(
        described(answered(both)), described(answered(secret))
    )
    assert [] == codes(described(sent(both)), described(sent(secret)))
    must = {**own, "required": ["id"]}
    assert [] == codes(described(sent(own)), described(sent(must)))


def test_a_text_parameter_takes_every_number() -> None:
    """On the wire both are text: from number to text widens a query, and changes a body."""
    assert ["REQ-TYPE-WIDENED"] == codes(described(asked(WHOLE)), described(asked(TEXT)))
    assert ["REQ-TYPE-CHANGED"] == codes(described(sent(WHOLE)), described(sent(TEXT)))
    written = asked(WHOLE, media="application/json"), asked(TEXT, media="application/json")
    assert ["REQ-TYPE-CHANGED"] == codes(*(described(one) for one in written))


def test_a_constraint_changes_with_what_it_refers_to() -> None:
    """The words of `not` are the same, and the definition that it names is another."""
    schema = {**TEXT, "not": {"anyOf": [{"$ref": "#/$defs/Bad"}]}}
    old = described(sent(schema), definitions={"Bad": {"const": "a"}})
    new = described(sent(schema), definitions={"Bad": {"const": "b"}})
    assert ["REQ-CONSTRAINT-CHANGED"] == codes(old, new)
    assert [] == codes(old, described(sent(schema), definitions={"Bad": {"enum": ["a"]}}))


def test_where_a_change_is_and_what_was_said_is_printable() -> None:
    """Names and values with escapes, line ends or hidden letters are shown by their numbers."""
    name = "a/b~\x1b[31m\u202e"
    old = {"type": "object", "properties": {name: {**TEXT, "default": "x\n" + "y" * 100}}}
    new = {"type": "object", "properties": {name: {**TEXT, "default": "z"}}}
    (found,) = changes(described(sent(old)), described(sent(new)))
    assert "POST /pets request /a~1b~0\\u001b[31m\\u202e" == found.where
    assert found.said.startswith('default "x\\n')
    assert found.said.endswith('… → "z"')
    assert len(found.said) < 90


def test_long_lists_are_cut() -> None:
    """A hundred values are told by eight, and how many more there are."""
    many = {"enum": [f"v{number:03}" for number in range(100)]}
    (found,) = changes(described(sent(many)), described(sent(TEXT)))
    assert "and 92 more" in found.said


def test_types_are_told_in_words() -> None:
    """A number is one word, several types are joined, and everything is `any`."""
    types = {"type": ["number", "string"]}
    told = [one.said for one in changes(described(sent({})), described(sent(types)))]
    assert ["type any → number or string"] == told
    told = [one.said for one in changes(described(sent({"not": {}})), described(sent(WHOLE)))]
    assert ["type nothing → integer"] == told
