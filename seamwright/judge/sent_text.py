"""What a request has sent, as text: an answer that repeats it tells nothing of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.record.observation import Request


def sent_texts(request: Request | None) -> tuple[str, ...]:
    """Target, header values, body, and the texts in a JSON body."""
    if request is None:
        return ()
    target = request.target
    body = request.body.decode(errors="replace")
    told = (target, unquote(target), unquote_plus(target), body, unquote_plus(body))
    headers = (value for _, value in request.headers)
    return tuple(one for one in (*told, *headers, *json_texts(body)) if one)


def json_texts(body: str) -> tuple[str, ...]:
    """The texts in a JSON value, names of members included; none where it is no JSON."""
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    return tuple(_texts(value))


def _texts(value: object) -> Iterator[str]:
    """Without recursion: whatever is answered may be nested deeply."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            members = cast("dict[str, object]", one)
            yield from members
            waiting.extend(members.values())
        elif isinstance(one, list):
            waiting.extend(cast("list[object]", one))
