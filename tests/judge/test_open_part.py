"""Where a schema leaves open what a value is."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import Field

from seamwright.contract import Message, Nullable, Root
from seamwright.contract.derive.json_schema import message_schema
from seamwright.judge.open_part import open_parts


class Closed(Message):
    """Every part is said."""

    id: str
    kind: Literal["a", "b"] = "a"
    note: Nullable[str]
    tags: list[str]
    pair: tuple[int, str]
    counts: dict[str, int]
    among: int | list[int] | None = None


class Open(Message, extra="allow"):
    """Other members may be there, of any value."""

    id: str
    free: dict[str, object]


class Holed(Message):
    """Some parts are not said."""

    what: Any
    perhaps: Any = Field(default=None, description="nobody knows")
    items: list[Any]
    bare: list  # pyright: ignore[reportMissingTypeArgument] - is the case
    deep: dict[str, list[object]]
    pair: tuple[int, Any]
    either: Nullable[object]


class Node(Message):
    """Names itself."""

    value: object
    next: Node | None = None


class Everything(Root[Any]):
    """Anything at all."""


def test_a_closed_message_has_no_open_part() -> None:
    """Types, choices, lists, tuples, maps and null say what a value is."""
    assert () == open_parts(message_schema(Closed))


def test_an_object_may_be_open() -> None:
    """Further members are no part that somebody forgot to describe."""
    assert () == open_parts(message_schema(Open))


def test_each_open_part_is_named_by_its_pointer() -> None:
    """A property, an item, a value of a map, a place of a tuple and a choice are all found."""
    expected = {"/what", "/perhaps", "/items/*", "/bare/*", "/deep/*/*", "/pair/1", "/either"}
    found = open_parts(message_schema(Holed))
    assert expected == set(found)
    assert len(expected) == len(found)


def test_a_circle_of_definitions_ends() -> None:
    """A message that holds itself is walked once."""
    assert ("/value",) == open_parts(message_schema(Node))


def test_a_whole_body_may_be_open() -> None:
    """The pointer of the whole value is empty."""
    assert ("",) == open_parts(message_schema(Everything))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"title": "A", "description": "b"}, ("",)),
        ({"allOf": [{}, {"title": "x"}]}, ("",)),
        ({"allOf": [{"type": "array", "items": True}, {}]}, ("/*",)),
        ({"allOf": [{"type": "string"}, {}], "title": "x"}, ()),
        ({"oneOf": [{"type": "string"}, True]}, ("",)),
        ({"type": "array"}, ("/*",)),
        ({"type": "array", "items": False}, ()),
        ({"type": "array", "const": [1]}, ()),
        ({"patternProperties": {"^a": {}}}, ("/*",)),
        ({"unevaluatedProperties": {"type": "array", "items": {}}}, ("/*/*",)),
        ({"additionalProperties": {}}, ()),
        ({"$ref": "#/$defs/gone"}, ()),
        ({"$ref": "#"}, ()),
        ({"properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {}}}, ("/a",)),
    ],
)
def test_schemas_by_hand(schema: dict[str, object], expected: tuple[str, ...]) -> None:
    """Keywords that pydantic seldom writes are read too."""
    assert expected == open_parts(schema)
