"""Null is one thing, however it is said and wherever it is: the mistakes of other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.compare.interfaces import answered, asked, changes, codes, described, sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.contract.description.document import Operation

TEXT = {"type": "string"}
NULL = {"type": "null"}
WORDS: dict[str, dict[str, Any]] = {
    "list of types": {"type": ["string", "null"]},
    "anyOf": {"anyOf": [TEXT, NULL]},
    "oneOf": {"oneOf": [NULL, TEXT]},
    "member with both": {"oneOf": [{"type": ["string", "null"]}]},
    "nested": {"anyOf": [{"oneOf": [TEXT, NULL]}]},
    "allOf": {"allOf": [{"type": ["string", "null", "integer"]}, {"type": ["null", "string"]}]},
    "reference": {"$ref": "#/$defs/Maybe"},
    "null by enum": {"anyOf": [TEXT, {"enum": [None]}]},
    "null by const": {"anyOf": [TEXT, {"const": None}]},
}
DEFINITIONS = {"Maybe": {"anyOf": [TEXT, NULL]}}
PLACES: dict[str, Callable[[dict[str, Any]], Operation]] = {
    "request": sent,
    "response": answered,
    "parameter": asked,
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
@pytest.mark.parametrize("old", WORDS)
@pytest.mark.parametrize("new", WORDS)
def test_all_words_for_null_are_the_same(
    place: Callable[[dict[str, Any]], Operation], old: str, new: str
) -> None:
    """From any of the words to any other nothing changes, anywhere."""
    before, after = (described(place(WORDS[one]), definitions=DEFINITIONS) for one in (old, new))
    assert [] == codes(before, after)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_null_has_a_direction(words: dict[str, Any]) -> None:
    """Losing it breaks consumers in requests and parameters, gaining it in responses."""
    for place, lost, gained in (
        (sent, "REQ-BECAME-NOT-NULLABLE", "REQ-BECAME-NULLABLE"),
        (asked, "REQ-BECAME-NOT-NULLABLE", "REQ-BECAME-NULLABLE"),
        (answered, "RES-BECAME-NOT-NULLABLE", "RES-BECAME-NULLABLE"),
    ):
        may, must = (described(place(one), definitions=DEFINITIONS) for one in (words, TEXT))
        assert [lost] == codes(may, must)
        assert [gained] == codes(must, may)
    (became,) = changes(
        described(answered(TEXT)), described(answered(words), definitions=DEFINITIONS)
    )
    assert (True, False) == (became.kind.consumers, became.kind.providers)


def test_null_of_a_definition_is_found_at_each_place() -> None:
    """Two properties that share a definition both lose null, and both are told."""
    pet: dict[str, Any] = {"type": "object", "properties": {}}
    may = {**pet, "properties": {name: {"$ref": "#/$defs/Maybe"} for name in "ab"}}
    must = {**pet, "properties": dict.fromkeys("ab", TEXT)}
    found = changes(described(sent(may), definitions=DEFINITIONS), described(sent(must)))
    assert ["POST /pets request /a", "POST /pets request /b"] == [one.where for one in found]


def test_only_null_is_a_type_of_its_own() -> None:
    """A value that was always null and is now a text has changed altogether."""
    assert ["RES-TYPE-WIDENED", "RES-BECAME-NOT-NULLABLE"] == codes(
        described(answered(NULL)), described(answered(TEXT))
    )


def test_anything_that_becomes_a_text_is_told_once() -> None:
    """What was any value at all lost its other types, and null with them."""
    assert ["REQ-TYPE-NARROWED"] == codes(described(sent({})), described(sent(TEXT)))
    assert ["RES-TYPE-WIDENED"] == codes(described(answered(TEXT)), described(answered(None)))
