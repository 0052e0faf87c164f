"""What an answer repeats of its request: that has as many shapes as there are requests."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

SENT = "what was sent"
"""The shape of a value that was sent."""

_MOST = 64
_DEEPEST = 6


@lru_cache(1_024)
def containers(body: bytes) -> tuple[object, ...]:
    """The objects and lists of a JSON body that hold something, the whole first.

    None where it is no JSON; those that lie very deep are left out.
    """
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    found: list[object] = []
    for one in _inside(value, 0):
        if len(found) == _MOST:
            break
        found.append(one)
    return tuple(found)


def is_sent(value: object, sent: tuple[object, ...]) -> bool:
    """Whether a value of an answer is one of these."""
    return bool(value) and isinstance(value, (dict, list)) and value in sent


def _inside(value: object, depth: int) -> Iterator[object]:
    if depth == _DEEPEST or not value:
        return
    if isinstance(value, dict):
        yield cast("object", value)
        for one in cast("dict[str, object]", value).values():
            yield from _inside(one, depth + 1)
    elif isinstance(value, list):
        yield cast("object", value)
        for one in cast("list[object]", value):
            yield from _inside(one, depth + 1)
