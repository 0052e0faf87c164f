"""Bytes become a JSON value that is safe to walk, or one clear problem."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwright.contract.description.problem import DescriptionProblem
from seamwright.contract.description.text import DEEPEST, json_value

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


@given(JSON)
def test_json_is_read_as_it_is(value: object) -> None:
    """What json writes is read back."""
    assert value == json_value(json.dumps({"it": value}).encode(), "it")["it"]  # pyright: ignore[reportIndexIssue] - an object


YAML_VALUES = {
    "no": "no",
    "on": "on",
    "12:30": "12:30",
    "2026-11-25": "2026-11-25",
    "'1'": "1",
    "!!str 1": "1",
    "1": 1,
    "0o17": 15,
    "0x1F": 31,
    "-1.5e3": -1500.0,
    "true": True,
    "FALSE": False,
    "~": None,
    "": None,
    "!!int 7": 7,
    ".inf": ".inf",
    "|\n  a\n  b\n": "a\nb\n",
}


@pytest.mark.parametrize("text", YAML_VALUES)
def test_yaml_is_read_by_its_core_schema(text: str) -> None:
    """Dates, times and the words of YAML 1.1 stay texts; quoted scalars are texts."""
    read = json_value(f"it: {text}".encode(), "it")
    assert {"it": YAML_VALUES[text]} == read
    assert type(YAML_VALUES[text]) is type(read["it"])  # pyright: ignore[reportIndexIssue, reportUnknownArgumentType] - an object


def test_numbers_are_keys_as_they_are_written() -> None:
    """A status without quotes is a key like any other."""
    assert {"200": 1, "404": [{"a": None}]} == json_value(b"200: 1\n404:\n- a: ~\n", "it")


def test_anchors_and_merge_keys_are_followed() -> None:
    """What an alias stands for is taken over; an own member goes before a merged one."""
    text = b"base: &b {a: 1, b: 2}\nlist: &l x\nkeyed: {&k name: *l}\nit: {<<: *b, b: 3}\n"
    assert {"a": 1, "b": 3} == json_value(text, "it")["it"]  # pyright: ignore[reportIndexIssue] - an object
    several = b"one: &b {a: 1}\ntwo: &c {a: 2, d: 4}\nit: {<<: [*b, *c]}\n"
    assert {"a": 1, "d": 4} == json_value(several, "it")["it"]  # pyright: ignore[reportIndexIssue] - an object


def test_flow_yaml_begins_like_json() -> None:
    """An object in YAML's flow style is read, though it is no JSON."""
    assert {"a": "b", "c": ["d"]} == json_value(b"{a: b, c: [d]}", "it")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_the_encoding_are_known(coding: str) -> None:
    """UTF-8 with and without its mark, and UTF-16 with it."""
    assert {"ä": "→"} == json_value('{"ä": "→"}'.encode(coding), "it")


BOMB = b"a: &a [x,x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (i + 1, i + 1, *([i] * 10))
    for i in range(97, 107)
)
UNFIT = {
    "no text": (b"\xff{}", "no UTF-8 at byte 0"),
    "broken": (b'{"a" "b": 1}', "line 1, column 6"),
    "a key twice": (b'{"a": {"b": 1, "c": 2, "b": 3}}', "'b' twice"),
    "a key twice in YAML": (b"a: 1\nb: 2\na: 3\n", "'a' twice in one object, at line 3"),
    "no number": (b'{"a": NaN}', "NaN"),
    "a large number": (b'{"a": 1e999}', "too large"),
    "a long number": (b'{"a": ' + b"9" * 5000 + b"}", "5000 digits"),
    "half a character": (b'{"a": "\\ud800"}', "lone surrogate"),
    "half a character as a key": (b'{"\\udc00": 1}', "lone surrogate"),
    "deep": (b"[" * 2000 + b"]" * 2000, "nested"),
    "very deep": (b"[" * 200_000, "nested"),
    "rather deep": (b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2), f"more than {DEEPEST} deep"),
    "deep YAML": (b"- " * 1500 + b"x", "nested too deep"),
    "a bomb": (BOMB, "aliases count"),
    "an alias of nothing": (b"a: *b\n", "*b"),
    "an alias within itself": (b"a: &a [*a]\n", "*a"),
    "a list as a key": (b"? [a]\n: 1\n", "a key that is no text"),
    "an alias as a key": (b"a: &a x\n*a : 1\n", "an alias as a key"),
    "a tag": (b"a: !!python/object:os.system {}\n", "python/object:os.system"),
    "a tag of a value": (b"a: !!binary aGk=\n", "binary"),
    "two documents": (b"a: 1\n---\nb: 1\n", "a second document"),
    "a merged value": (b"a: {<<: 1}\n", "merge key"),
    "broken YAML": (b"a: [1\nb: 2\n", "line"),
    "an escape": (b"a: \x1b[31m\n", ""),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_unfit_is_a_clear_problem(name: str) -> None:
    """One problem that names the document and what is wrong with it; its text has no escapes."""
    data, seen = UNFIT[name]
    with pytest.raises(DescriptionProblem) as raised:
        json_value(data, "pets.yaml")
    assert "pets.yaml" == raised.value.where
    assert seen in raised.value.seen
    assert "\x1b" not in str(raised.value)
