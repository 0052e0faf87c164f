"""What is ill about a request before anyone asks what it is for: its bytes alone tell.

A service reads requests in one place, or in the same way in all: what it stumbles over at one
endpoint it stumbles over at the others, and that is one fault.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote_to_bytes

from seamwright.judge.body import demand_characters, is_json
from seamwright.judge.json_text import read_json
from seamwright.record.observation import header, media_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.record.observation import Request

NO_JSON = "a body that is no JSON"
UNREADABLE = frozenset({"no body", "a body that is no UTF-8"})
"""What whoever reads JSON, and nothing else, stumbles over in the same way."""

OF_OBJECTS = frozenset(
    {
        "JSON that is no object",
        "a text with NUL in it",
        "a text with half of a surrogate pair in it",
    }
)
"""What is read all the same, so that an endpoint may as well stumble over what is missing in it."""

_DEEP = 64
"""Lists and objects within each other; what people write by hand has fewer."""

_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_BRACKETS = re.compile(rb"[\[{\]}]")
# A text that does not end goes on to the end of the body, so that none is read twice.
_TEXTS = re.compile(rb'"(?:[^"\\]++|\\.)*+\\?(?:"|\Z)', re.DOTALL)
_NUL = re.compile(rb"\\u0000")


def ill(request: Request) -> str:
    """What it is, said as what a service answers to; "" where its bytes show nothing."""
    return next(chain(_of_target(request), _of_type(request), _of_body(request)), "")


def _of_target(request: Request) -> Iterator[str]:
    path = unquote_to_bytes(request.target)
    if b"\0" in path:
        yield "a target with NUL in it"
    elif not _is_utf_8(path):
        yield "a target that is no UTF-8"


def _of_type(request: Request) -> Iterator[str]:
    media = media_type(request.headers)
    told = header(request.headers, "content-type")
    if told and not request.body and request.method not in _WITH_BODY:
        yield "a content type without a body"
    elif request.body and not is_json(media):
        yield "a body that is not called JSON"


def _of_body(request: Request) -> Iterator[str]:
    body = request.body
    if not body:
        if request.method in _WITH_BODY:
            yield "no body"
    elif not _is_utf_8(body):
        yield "a body that is no UTF-8"
    elif _depth(body) > _DEEP:
        # Python cannot read what lies that deep: who leaves a bracket open has sent no JSON.
        yield "a body that is nested deep" if _is_closed(body) else NO_JSON
    else:
        yield from _of_json(body)


def _of_json(body: bytes) -> Iterator[str]:
    try:
        value = read_json(body.decode())
    except ValueError:
        yield NO_JSON
        return
    if not isinstance(value, dict):
        yield "JSON that is no object"
    elif _NUL.search(body):
        yield "a text with NUL in it"
    elif not _has_characters(body, cast("object", value)):
        yield "a text with half of a surrogate pair in it"


def _depth(body: bytes) -> int:
    depth = deepest = 0
    for found in _BRACKETS.finditer(_TEXTS.sub(b"", body)):
        depth += 1 if found[0] in (b"[", b"{") else -1
        deepest = max(deepest, depth)
    return deepest


def _is_closed(body: bytes) -> bool:
    found = [one[0] for one in _BRACKETS.finditer(_TEXTS.sub(b"", body))]
    return len(found) == 2 * sum(one in (b"[", b"{") for one in found)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _has_characters(body: bytes, value: object) -> bool:
    try:
        demand_characters(body, value)
    except UnicodeEncodeError:
        return False
    return True
