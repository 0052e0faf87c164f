"""The format of an answer is its content type and what lies where, whatever the values are."""

from __future__ import annotations

import json

import pytest

from seamwright.judge.answer_format import Format, format_of
from seamwright.record.observation import Response

JSON = (("content-type", "application/json; charset=utf-8"),)


def _of(body: object, headers: tuple[tuple[str, str], ...] = JSON) -> Format:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return format_of(Response(400, headers, raw))


WORDS: dict[str, tuple[object, tuple[tuple[str, str], ...], str]] = {
    "an object": (
        {"error": {"code": "A", "again": True, "at": 1, "why": None, "hints": []}},
        JSON,
        "application/json {error: {again: flag, at: number, code: text, hints: list, why: null}}",
    ),
    "an empty object": ({}, JSON, "application/json {}"),
    "a list": ([1], JSON, "application/json list"),
    "a text in JSON": ("no", JSON, "application/json text"),
    "a page": (b"<h1>no</h1>", (("content-type", "text/html"),), "text/html text"),
    "a number in plain text": (b"404", (("content-type", "text/plain"),), "text/plain text"),
    "JSON called text": ({"a": 1}, (("content-type", "text/plain"),), "text/plain {a: number}"),
    "nothing told": ({"a": 1}, (), "no content type {a: number}"),
    "nothing": (b"", JSON, "application/json no body"),
    "no JSON": (b"oops", JSON, "application/json the body is not JSON"),
    "problem details": (
        {"title": "no"},
        (("content-type", "application/problem+json"),),
        "application/problem+json {title: text}",
    ),
    "a hostile name": (
        {"a\x1b[31m\u202e": 1},
        JSON,
        "application/json {a\ufffd[31m\ufffd: number}",
    ),
    "a deep one": (
        {"a": {"b": {"c": {"d": 1}}}},
        JSON,
        "application/json {a: {b: {c: {}}}}",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_format_is_told_in_words(name: str) -> None:
    """So that a person sees at once what is different."""
    body, headers, words = WORDS[name]
    assert words == _of(body, headers).words


def test_what_is_wrong_field_by_field_is_one_format() -> None:
    """Lists named after the fields of the request, and nothing else."""
    fields = frozenset({"name", "age", "tags"})

    def told(body: object) -> str:
        raw = Response(400, JSON, json.dumps(body).encode())
        return format_of(raw, fields=fields).words

    one = "application/json {each field: list}"
    assert one == told({"name": ["too long"]})
    assert one == told({"age": ["no"], "tags": {"0": ["no"]}, "non_field_errors": ["no"]})
    assert "application/json {name: text}" == told({"name": "too long"})
    assert "application/json {errors: list}" == told({"errors": ["no"]})
    assert one == told({"non_field_errors": ["no"]})


def test_endless_words_are_cut() -> None:
    """However many members there are."""
    assert 450 > len(_of({f"member{number}": 1 for number in range(60)}).words)


def test_values_make_no_format() -> None:
    """Two messages, two numbers, two flags are of one format."""
    assert _of({"a": "x", "b": 1, "c": True}) == _of({"a": "y", "b": 2.5, "c": False})


def test_members_that_may_be_missing_make_no_format() -> None:
    """Joined, they are told as optional."""
    plain, more = _of({"error": "no"}), _of({"error": "no", "hint": {"at": 1}})
    assert plain.is_like(more)
    assert more.is_like(plain)
    joined = plain.joined(more)
    assert "application/json {error: text, hint?: {at?: number}}" == joined.words
    assert joined.is_like(_of({"error": "no", "other": 1})) is False


@pytest.mark.parametrize(
    "other",
    [
        {"error": {"code": "A"}},
        {"message": "no"},
        {"message": "no", "code": 1},
        ["no"],
        {},
    ],
)
def test_other_kinds_and_other_members_are_another_format(other: object) -> None:
    """A text where an object was, or nothing in common."""
    assert not _of({"error": "no"}).is_like(_of(other))
    assert not _of(other).is_like(_of({"error": "no"}))


def test_two_empty_objects_are_alike() -> None:
    """And another content type is not."""
    assert _of({}).is_like(_of({}))
    assert not _of({}).is_like(_of({}, ()))


def test_a_huge_answer_is_bounded() -> None:
    """Thousands of members are not all told."""
    assert len(_of({f"m{number}": 1 for number in range(5_000)}).members) < 100
