"""Members of oneOf and anyOf are looked into, and paired by what they are."""

from __future__ import annotations

from typing import Any

from tests.contract.compare.interfaces import answered, changes, codes, described, sent

TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}


def _animal(kind: str, *required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"kind": {"const": kind}, "name": TEXT, **properties},
        "required": ["kind", *required],
    }


CAT, DOG = _animal("cat"), _animal("dog")
NAMED = _animal("cat", "name")
REFERENCES = [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]


def _where(old: dict[str, Any], new: dict[str, Any], **definitions: Any) -> list[tuple[str, str]]:
    found = changes(described(sent(old)), described(sent(new), definitions=definitions))
    return [(one.code, one.where.rpartition(" ")[2]) for one in found]


def test_a_change_within_a_member_is_found() -> None:
    """A property that became required in one of several forms is told where it is."""
    expected = [("REQ-PROPERTY-BECAME-REQUIRED", "/name")]
    assert expected == _where({"oneOf": [CAT, DOG]}, {"oneOf": [DOG, NAMED]})
    assert expected == _where({"anyOf": [CAT, DOG]}, {"oneOf": [NAMED, DOG]})


def test_members_are_paired_by_their_definition() -> None:
    """A definition that changed is compared with itself, not with the one that is most alike."""
    old = described(sent({"oneOf": REFERENCES}), definitions={"Cat": CAT, "Dog": DOG})
    new = described(sent({"oneOf": REFERENCES[::-1]}), definitions={"Cat": NAMED, "Dog": DOG})
    assert ["REQ-PROPERTY-BECAME-REQUIRED"] == codes(old, new)


def test_members_are_paired_whatever_their_definition_is_called() -> None:
    """A definition with another name and the same content is the same member."""
    old = described(sent({"oneOf": REFERENCES}), definitions={"Cat": CAT, "Dog": DOG})
    references = [{"$ref": "#/$defs/Tom"}, {"$ref": "#/$defs/Dog"}]
    new = described(sent({"oneOf": references}), definitions={"Tom": CAT, "Dog": DOG})
    assert [] == codes(old, new)


def test_members_without_a_tag_are_paired_by_type() -> None:
    """The only text of either union is compared with the other's."""
    old = {"oneOf": [{**TEXT, "maxLength": 9}, {"type": "array", "items": TEXT}]}
    new = {"oneOf": [{**TEXT, "maxLength": 8}, {"type": "array", "items": TEXT}]}
    assert ["REQ-LENGTH-TIGHTENED"] == [code for code, _ in _where(old, new)]


def test_a_value_that_becomes_one_of_several_got_members() -> None:
    """What it was is one of the forms; only the others are new, and the other way round."""
    assert ["RES-UNION-MEMBER-ADDED"] == codes(
        described(answered(CAT)), described(answered({"oneOf": [CAT, DOG]}))
    )
    assert ["REQ-UNION-MEMBER-REMOVED"] == codes(
        described(sent({"oneOf": [CAT, DOG]})), described(sent(DOG))
    )
    assert [("REQ-UNION-MEMBER-ADDED", "request"), ("REQ-PROPERTY-BECAME-REQUIRED", "/name")] == (
        _where(CAT, {"oneOf": [NAMED, DOG]})
    )


def test_a_member_that_nobody_is_like_is_removed_and_added() -> None:
    """Two objects with different constants are not one that changed."""
    found = _where({"oneOf": [CAT, DOG]}, {"oneOf": [CAT, _animal("bird"), _animal("fish")]})
    expected = ["REQ-UNION-MEMBER-REMOVED", "REQ-UNION-MEMBER-ADDED", "REQ-UNION-MEMBER-ADDED"]
    assert expected == [code for code, _ in found]


def test_bare_types_in_a_union_are_a_list_of_types() -> None:
    """`anyOf` of types and a list of types are the same."""
    assert [] == _where({"anyOf": [TEXT, WHOLE]}, {"type": ["integer", "string"]})
    assert [("REQ-TYPE-NARROWED", "request")] == _where({"anyOf": [TEXT, WHOLE]}, WHOLE)


def test_members_are_told_by_their_title() -> None:
    """A form with a title, or a definition with a name, is called so."""
    bird = {**_animal("bird"), "title": "Bird"}
    (found,) = changes(
        described(sent({"oneOf": [CAT, DOG]})), described(sent({"oneOf": [CAT, DOG, bird]}))
    )
    assert "now also Bird" == found.said


def test_what_holds_beside_a_union_is_compared_too() -> None:
    """A property beside the union is no part of its members."""
    old = {"type": "object", "properties": {"age": WHOLE}, "oneOf": [CAT, DOG]}
    new = {**old, "required": ["age"]}
    assert [("REQ-PROPERTY-BECAME-REQUIRED", "/age")] == _where(old, new)
    two = {"allOf": [old, {"oneOf": [{"required": ["age"]}, {"required": ["name"]}]}]}
    assert ("REQ-UNION-SET", "request") in _where(old, two)
    assert [] == _where(two, two)


def test_the_same_union_twice_is_one() -> None:
    """`allOf` that says a union again says nothing new."""
    union = {"oneOf": [CAT, DOG]}
    assert [] == _where(union, {"allOf": [union, union]})
