"""Schemas that contain themselves come to an end, and hostile ones to a clear one."""

from __future__ import annotations

from typing import Any

import pytest

from seamwright.contract.compare.value import ComparisonProblem
from tests.contract.compare.interfaces import answered, changes, codes, described, sent

TEXT: dict[str, Any] = {"type": "string"}
PET: dict[str, Any] = {"$ref": "#/$defs/Pet"}


def _pet(**properties: Any) -> dict[str, Any]:
    return {
        "Pet": {
            "type": "object",
            "properties": {"name": TEXT, "parents": {"type": "array", "items": PET}, **properties},
        }
    }


def test_a_change_within_a_circle_is_told_once() -> None:
    """It is told where the circle is met first."""
    old, new = _pet(), _pet(name={**TEXT, "maxLength": 9})
    found = changes(described(sent(PET), definitions=old), described(sent(PET), definitions=new))
    expected = [("REQ-LENGTH-SET", "POST /pets request /name")]
    assert expected == [(one.code, one.where) for one in found]


@pytest.mark.parametrize(
    "again",
    [
        {"allOf": [PET]},
        {"allOf": [PET, {"type": "object"}]},
        {"anyOf": [PET, {"type": "null"}]},
        {"oneOf": [PET, {"type": "array", "items": PET}]},
        {"type": "object", "additionalProperties": PET},
        {"type": "array", "prefixItems": [PET], "items": PET},
        {"type": "object", "propertyNames": PET},
    ],
)
def test_every_way_around_comes_to_an_end(again: dict[str, Any]) -> None:
    """However a schema leads back to itself, comparing it ends, and finds what changed."""
    old, new = _pet(child=again), _pet(child=again, age=TEXT)
    same = described(sent(PET), definitions=old)
    assert [] == codes(same, same)
    found = codes(same, described(sent(PET), definitions=new))
    assert {"REQ-PROPERTY-ADDED-OPTIONAL"} <= set(found)


def test_definitions_that_are_only_each_other_say_nothing() -> None:
    """A circle without anything in it is any value."""
    definitions = {"A": {"$ref": "#/$defs/B"}, "B": {"allOf": [{"$ref": "#/$defs/A"}]}}
    circle = described(sent({"$ref": "#/$defs/A"}), definitions=definitions)
    assert [] == codes(circle, circle)
    assert [] == codes(circle, described(sent({})))
    union = {"A": {"anyOf": [{"$ref": "#/$defs/A"}, TEXT, {"type": "null"}]}}
    circle = described(sent({"$ref": "#/$defs/A"}), definitions=union)
    assert [] == codes(circle, circle)


def test_a_reference_that_leads_nowhere_is_any_value() -> None:
    """Whoever reads the document has told of it; here it says nothing."""
    lost = described(sent({"$ref": "#/$defs/Nobody"}))
    assert [] == codes(lost, described(sent({})))
    assert [] == codes(described(sent({"$ref": "elsewhere.yaml"})), described(sent({})))


def test_definitions_that_double_are_compared_once() -> None:
    """Sixty levels that each name the next one twice are no work."""
    definitions: dict[str, Any] = {
        f"L{level}": {
            "type": "object",
            "properties": {name: {"$ref": f"#/$defs/L{level + 1}"} for name in "ab"},
            "allOf": [{"$ref": f"#/$defs/L{level + 1}"}] * 2,
            "anyOf": [{"$ref": f"#/$defs/L{level + 1}"}] * 2,
        }
        for level in range(60)
    }
    top = {"$ref": "#/$defs/L0"}
    old = described(answered(top), definitions={**definitions, "L60": {"type": "object"}})
    assert [] == codes(old, old)


def test_what_cannot_be_compared_is_a_clear_problem() -> None:
    """More pairs than anyone could read are refused, and nothing is guessed."""
    wide = {
        "type": "object",
        "properties": {f"p{number}": {"type": "array", "items": TEXT} for number in range(11_000)},
    }
    document = described(sent(wide))
    with pytest.raises(ComparisonProblem, match="20000 steps"):
        codes(document, document)


def test_levels_beyond_the_deepest_are_compared_as_a_whole() -> None:
    """Thirty levels are looked into; what differs at the seventieth is still told."""

    def nested(levels: int, leaf: dict[str, Any]) -> dict[str, Any]:
        schema = leaf
        for _ in range(levels):
            schema = {"type": "array", "items": schema}
        return schema

    assert ["REQ-TYPE-CHANGED"] == codes(
        described(sent(nested(30, TEXT))), described(sent(nested(30, {"type": "boolean"})))
    )
    assert ["REQ-CONSTRAINT-CHANGED"] == codes(
        described(sent(nested(70, TEXT))), described(sent(nested(70, {"type": "boolean"})))
    )
    deep = described(sent({"oneOf": [nested(70, TEXT), {"type": "object", "maxProperties": 1}]}))
    assert [] == codes(deep, deep)
