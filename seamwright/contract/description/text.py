"""From the bytes of a document, JSON or YAML, to a JSON value that is safe to walk.

JSON is YAML as well; it is tried first, since it is read twenty times as fast. Whatever comes out
is finite, at most `DEEPEST` deep, without duplicate keys and without lone surrogates.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Never, cast

from seamwright.contract.description.problem import unfit
from seamwright.contract.description.yaml_text import YamlFault, yaml_value

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 100
"""Levels of lists and objects; the deepest public documents have some thirty."""


class _Fault(ValueError):
    """What is wrong with a JSON text that is JSON in form."""


def json_value(data: bytes, where: str) -> object:
    """The value of a JSON or YAML document.

    Args:
        data: the document; UTF-8, or UTF-16 with its mark.
        where: what to call it in a message.

    Raises:
        DescriptionProblem: when it is neither JSON nor YAML, or unfit to be walked.
    """
    try:
        value = _parsed(_text(data))
        _see_that_it_is_fit(value)
    except (YamlFault, _Fault) as error:
        raise unfit(where, "a JSON or YAML document", str(error)) from None
    return value


def _text(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Fault(f"no UTF-8 at byte {error.start}") from None


def _parsed(text: str) -> object:
    begins = text.lstrip()[:1]
    if begins not in ("{", "["):
        return yaml_value(text)
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except RecursionError:
        raise _Fault(_too_deep()) from None
    except json.JSONDecodeError as error:
        # YAML in flow style begins like JSON.
        try:
            return yaml_value(text)
        except YamlFault:
            place = f"line {error.lineno}, column {error.colno}"
            raise _Fault(f"{error.msg} at {place}") from None
    except _Fault:
        raise
    except ValueError as error:  # a number with more digits than Python converts
        raise _Fault(str(error)) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        again = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise _Fault(f"the key {again[:80]!r} twice in one object")
    return made


def _no_constant(name: str) -> Never:
    raise _Fault(f"{name}, which JSON does not have")


def _see_that_it_is_fit(value: object) -> None:
    """Walk the whole value once, without recursion."""
    level: list[object] = [value]
    for _ in range(DEEPEST + 1):
        if not level:
            return
        level = [inner for one in level for inner in _inner(one)]
    raise _Fault(_too_deep())


def _inner(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        for key in members:
            _see_text(key)
        yield from members.values()
    elif isinstance(value, list):
        yield from cast("list[object]", value)
    elif isinstance(value, str):
        _see_text(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise _Fault("a number that is too large")


def _see_text(text: str) -> None:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise _Fault(f"half of a character (a lone surrogate) in {text[:40]!a}") from None


def _too_deep() -> str:
    return f"lists and objects nested more than {DEEPEST} deep"
