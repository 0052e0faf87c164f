"""What an answer shows of how a service behaves, without the values that differ each time.

    status · content type · error code · shape of the body

Two answers of the same behaviour teach nothing that one of them does not.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from seamwright.record.echo import SENT, containers, is_sent
from seamwright.record.observation import media_type

if TYPE_CHECKING:
    from seamwright.record.observation import Exchange

_DEEPEST = 6
_MOST_KEYS = 40
_NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
"""How error codes and states are spelt; such a text is told as it is."""

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a service answered.

    Attributes:
        status: of the answer, 0 where none came.
        media_type: without parameters, "" where none was said.
        shape: of the body; of no answer, how it failed.
    """

    status: int
    media_type: str
    shape: str


def behaviour(exchange: Exchange) -> Behaviour:
    """What the answer to a request shows."""
    answer = exchange.response
    if answer is None:
        return Behaviour(0, "", exchange.failure.partition(":")[0])
    media = media_type(answer.headers)
    try:
        value: object = json.loads(answer.body)
    except (ValueError, RecursionError):
        return Behaviour(answer.status, media, "text" if answer.body else "nothing")
    sent = containers(exchange.request.body) if exchange.request else ()
    return Behaviour(answer.status, media, shape(value, sent=sent))


def shape(value: object, depth: int = 0, sent: tuple[object, ...] = ()) -> str:
    """What a JSON value is made of: its keys, types and names, cut off where it is very deep.

    `sent`: the objects and lists of the request; what repeats one of them has no shape of its own.
    """
    if is_sent(value, sent):
        return SENT
    match value:
        case None:
            return "null"
        case bool():
            return "flag"
        case int() | float():
            return "number"
        case str():
            named = len(value) <= _LONGEST_NAME and _NAME.fullmatch(value)
            return value if named else "text"
        case dict():
            if depth == _DEEPEST:
                return "{…}"
            pairs = sorted(cast("dict[str, object]", value).items())[:_MOST_KEYS]
            return (
                "{" + ",".join(f"{key}:{shape(one, depth + 1, sent)}" for key, one in pairs) + "}"
            )
        case list():
            if depth == _DEEPEST:
                return "[…]"
            items = cast("list[object]", value)[:_MOST_KEYS]
            return "[" + "|".join(sorted({shape(one, depth + 1, sent) for one in items})) + "]"
        case _:
            return type(value).__name__
