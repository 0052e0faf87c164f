"""What an answer repeats of its request is no shape of its own."""

from __future__ import annotations

import json

from seamwright.record.behaviour import shape
from seamwright.record.echo import SENT, containers, is_sent


def test_the_whole_comes_first_and_what_is_empty_is_left_out() -> None:
    """Scalars are no container: 0 is in too many answers."""
    texts = ('{"a": {"b": [1, {}]}, "c": 0, "d": []}', '{"b": [1, {}]}', "[1, {}]")
    assert tuple(map(json.loads, texts)) == containers(texts[0].encode())


def test_what_is_no_json_or_endless_holds_nothing_more() -> None:
    """Hostile bodies are sent too."""
    assert () == containers(b"{")
    assert () == containers(b"7")
    assert 64 == len(containers(json.dumps([[1] for _ in range(1_000)]).encode()))
    assert 6 == len(containers(b"[" * 50 + b"1" + b"]" * 50))


def test_only_what_was_sent_is_told_as_sent() -> None:
    """At any depth; a value that is empty or a scalar is told by its kind."""
    sent = containers(b'{"a": [1], "b": {}}')
    assert is_sent([1], sent)
    others: list[object] = [{}, [], [2], 1, None]
    assert not any(is_sent(one, sent) for one in others)
    assert "{error:text,input:what was sent}" == shape({"error": "no", "input": [1]}, sent=sent)
    assert SENT == shape({"a": [1], "b": {}}, sent=sent)
