"""The body of an answer as JSON: whatever a subject answers is hostile."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from seamwright.judge.json_text import read_json
from seamwright.record import observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from seamwright.contract.envelope import Form, Role
    from seamwright.record.observation import Exchange, Response

_DEEPEST = 100
_SMALL, _REMEMBERED = 2_000, 4_096
"""Bytes of a body whose value is remembered, and of how many bodies."""
_NO_BODY = frozenset({204, 304})


class NotJson(ValueError):
    """A body that is no JSON text; its message says why, without the body."""


def parse(response: Response) -> object:
    """The JSON value of a body (RFC 8259); whoever gets it leaves it as it is.

    Raises:
        NotJson: when it is none, or nested so deeply that nobody should read it.
    """
    body = response.body
    return _remembered(body) if len(body) <= _SMALL else _parsed(body)


def _parsed(body: bytes) -> object:
    if not body:
        message = "the body is empty"
        raise NotJson(message)
    try:
        value = read_json(body.decode())
        demand_characters(body, value)
    except UnicodeDecodeError as error:
        message = "the body is not UTF-8"
        raise NotJson(message) from error
    except UnicodeEncodeError as error:
        message = "the body has half of a surrogate pair"
        raise NotJson(message) from error
    except RecursionError as error:
        message = "the body is nested too deeply"
        raise NotJson(message) from error
    except ValueError as error:
        message = "the body is not JSON"
        raise NotJson(message) from error
    if body.count(b"[") + body.count(b"{") > _DEEPEST and _too_deep(value):
        message = "the body is nested too deeply"
        raise NotJson(message)
    return value


# Each rule reads each answer.
_remembered = lru_cache(_REMEMBERED)(_parsed)


def demand_characters(body: bytes, value: object) -> None:
    """See that the JSON value of a body has no half of a surrogate pair: that is no character.

    Raises:
        UnicodeEncodeError: where it has one.
    """
    if b"\\u" in body:
        json.dumps(value, ensure_ascii=False).encode()


def bodiless(one: Exchange, answer: Response) -> bool:
    """Answers that HTTP gives no body (RFC 9110, 9.3.2, 15.3.5, 15.4.5)."""
    head = one.request is not None and one.request.method == "HEAD"
    return head or answer.status in _NO_BODY


def media_type(response: Response) -> str:
    """The media type in lower case, without parameters; "" where there is none."""
    return observation.media_type(response.headers)


def is_json(media: str) -> bool:
    """Whether bodies of a media type are JSON (RFC 6838, 4.2.8); one that is not told may be."""
    return media in ("", "application/json") or media.endswith("+json")


def member_value(form: Form, role: Role, body: object, absent: object = None) -> object:
    """What lies where a form's member of this role lies; `absent` where there is nothing."""
    member = form.member(role)
    if member is None:
        return absent
    for step in member.path:
        if not isinstance(body, dict):
            return absent
        body = cast("Mapping[str, object]", body).get(step, absent)
    return body


def _too_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return cast("Mapping[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()
