"""What an answer shows, and what of it is no matter."""

from __future__ import annotations

import json

import pytest

from seamwright.record.behaviour import Behaviour, behaviour, shape
from seamwright.record.observation import Exchange, Response


def _answered(status: int, body: bytes, content_type: str | None = "application/json") -> Exchange:
    headers = (("content-type", content_type),) if content_type else ()
    return Exchange("d1", "driver→a", 0.0, 1.0, None, Response(status, headers, body))


def test_values_are_no_matter_and_names_are() -> None:
    """Two texts are the same; two error codes, a null or another key are not."""
    same = [
        _answered(200, json.dumps({"a": text, "n": n}).encode()) for text, n in (("x", 1), ("y", 2))
    ]
    assert behaviour(same[0]) == behaviour(same[1])
    bodies: list[object] = [{"code": "A_B"}, {"code": "A_C"}, {"code": None}, {"kode": None}, {}]
    different = {behaviour(_answered(400, json.dumps(one).encode())) for one in bodies}
    assert len(bodies) == len(different)


def test_status_and_content_type_matter() -> None:
    """The content type without its parameters."""
    assert Behaviour(204, "", "nothing") == behaviour(_answered(204, b"", None))
    assert Behaviour(500, "text/html", "text") == behaviour(
        _answered(500, b"<h1>", "Text/HTML; charset=utf-8")
    )


def test_no_answer_is_a_behaviour_too() -> None:
    """By how it failed."""
    lost = Exchange("d1", "driver→a", 0.0, 1.0, None, None, "ServerDisconnectedError: at once")
    assert Behaviour(0, "", "ServerDisconnectedError") == behaviour(lost)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([1, 2.5, True, None, "t"], "[flag|null|number|text]"),
        ([], "[]"),
        ({"b": [{"a": 1}], "a": "STALE"}, "{a:STALE,b:[{a:number}]}"),
        ("A" * 41, "text"),
        ("", "text"),
    ],
)
def test_a_shape_is_keys_types_and_names(value: object, said: str) -> None:
    """Lists have the shapes of their items, each once."""
    assert said == shape(value)


def test_what_is_deep_or_wide_is_cut_off() -> None:
    """A hostile answer costs no more than another."""
    deep: object = 1
    for _ in range(50):
        deep = {"a": [deep]}
    assert "[…]" in shape(deep) or "{…}" in shape(deep)
    wide = shape({str(number): number for number in range(10_000)})
    assert 1_000 > len(wide)
    hostile = _answered(200, b"[" * 100_000)
    assert "text" == behaviour(hostile).shape
