"""The behaviours of an endpoint: what an answer shows of them, and what is new in it."""

from __future__ import annotations

import json

from seamwright.drive.known import KnownEndpoint, told
from seamwright.record.observation import Exchange, Request, Response


def _answered(
    status: int, body: object, sent: bytes = b"", media: str = "application/json; a=b"
) -> Exchange:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request("POST", "/things", (), sent)
    response = Response(status, (("content-type", media),), raw)
    return Exchange("d1", "driver→a", 0.0, 1.0, request, response)


def test_an_answer_shows_how_it_answers_and_what_lies_where() -> None:
    """Status and format, then each value's place and kind; names are told as they are."""
    known = KnownEndpoint()
    seen = _answered(200, {"id": 7, "state": "OPEN", "tags": ["a"], "more": [], "at": None})
    assert {
        "200 application/json",
        "200 /id: number",
        "200 /state: OPEN",
        "200 /tags: a list",
        "200 /tags/*: text",
        "200 /more: an empty list",
        "200 /at: null",
    } == known.learn(seen)
    assert frozenset() == known.learn(seen)
    other = {"id": 1, "state": "SHUT", "tags": ["b"], "more": [], "at": None}
    assert {"200 /state: SHUT"} == known.learn(_answered(200, other))


def test_what_is_left_out_is_a_behaviour_once() -> None:
    """A field that is missing for the first time is new; that others had none before is not."""
    known = KnownEndpoint()
    known.learn(_answered(200, [{"a": 1}]))
    assert {"200 /*/b: number"} == known.learn(_answered(200, [{"a": 1, "b": 2}]))
    assert frozenset() == known.learn(_answered(200, [{"a": 1}]))
    assert {"200 /* without a"} == known.learn(_answered(200, [{"b": 1}, {"a": 2, "b": 1}]))


def test_what_is_echoed_is_nothing_new() -> None:
    """A name that was sent is a text; once the endpoint is closed, so is a member that was."""
    known = KnownEndpoint()
    known.learn(_answered(200, {"a": "text"}))
    assert frozenset() == known.learn(_answered(200, {"a": "LOUD"}, b'{"a": "LOUD"}'))
    assert {"200 /a: LOUD"} == known.learn(_answered(200, {"a": "LOUD"}, b"{}"))
    known.is_closed = True
    assert {"200 /*: text"} == known.learn(_answered(200, {"a": "x", "odd": "y"}, b'{"odd": "y"}'))
    assert frozenset() == known.learn(_answered(200, {"a": "x", "odder": "y"}, b'{"odder": "y"}'))
    assert {"200 /trace: text"} == known.learn(_answered(200, {"a": "x", "trace": "y"}, b"{}"))


def test_no_json_and_no_answer_are_behaviours_too() -> None:
    """By what there is instead."""
    known = KnownEndpoint()
    assert {"500 text/html", "500 text"} == known.learn(_answered(500, b"<h1>", media="Text/HTML"))
    assert {"204", "204 nothing"} == known.learn(_answered(204, b"", media=""))
    lost = Exchange("d1", "driver→a", 0.0, 1.0, None, None, "ServerDisconnectedError: at once")
    assert {"no answer: ServerDisconnectedError"} == known.learn(lost)


def test_what_is_deep_or_wide_is_cut_off() -> None:
    """A hostile answer costs no more than another, and is told in a short line."""
    deep: object = 1
    for _ in range(50):
        deep = [deep]
    wide = {f"k{number:04}": number for number in range(5_000)}
    shown = KnownEndpoint().learn(_answered(200, [deep, wide]))
    assert 80 > len(shown)
    assert told(shown).endswith(f"and {len(shown) - 6} more")
    assert "200 application/json, 200 /a: null" == told(
        frozenset({"200 /a: null", "200 application/json"})
    )
