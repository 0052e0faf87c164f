"""How values of a contract are told: on one line, bounded, with nothing hidden in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

Told = str | float | frozenset[str] | tuple[str, ...] | None
"""What is told of a contract: a word, a number, several words, or nothing."""

_LONGEST = 60
"""Characters of one value."""

_MOST = 8
"""Values of one list."""


def printable(text: str) -> str:
    """The text with every character that has no shape of its own as its code point."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def bounded(text: str) -> str:
    """The text, printable, and cut where it is long."""
    shown = printable(text[: _LONGEST + 1])
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def listed(names: Iterable[str]) -> str:
    """Some names after one another, in order; `nothing` where there are none."""
    every = sorted(names)
    more = [f"and {len(every) - _MOST} more"] if len(every) > _MOST else []
    return ", ".join([*(bounded(one) for one in every[:_MOST]), *more]) or "nothing"


def became(old: Told, new: Told) -> str:
    """`old → new`."""
    return f"{_told(old)} → {_told(new)}"


def canonical(value: object) -> str:
    """A JSON value as text that is the same for equal values: `1.0` is `1`."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, default=str)


def _plain(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(one) for one in cast("list[object]", value)]
    if isinstance(value, dict):
        named = cast("dict[object, object]", value)
        return {str(key): _plain(one) for key, one in named.items()}
    return value


def _told(value: Told) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return bounded(value) or '""'
    return canonical(value) if isinstance(value, bool | int | float) else listed(value)
