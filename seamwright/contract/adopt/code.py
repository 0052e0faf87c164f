"""Python source, laid out as people write it: on one line where it fits, else an item a line.

A document is hostile, so nothing of it becomes source but through `literal`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 100
_INDENT = "    "
_SHORTEST_PIECE = 20
_WIDEST = 100
"""Types between bars; Python's compiler walks down a level for each bar."""


@dataclass(frozen=True, slots=True)
class Group:
    """An expression in brackets: `Field(ge=1, le=9)`, `list[str]`, `("a", "b")`.

    Attributes:
        opening: with what stands before it: `Field(`.
        items: within.
        closing: the bracket.
        single: whether a lone item needs a comma after it: a tuple.
    """

    opening: str
    items: tuple[Code, ...]
    closing: str
    single: bool = False


@dataclass(frozen=True, slots=True)
class Prefixed:
    """An expression with something before it: `name=…`, `"key": …`."""

    prefix: str
    code: Code


@dataclass(frozen=True, slots=True)
class Choice:
    """Types of which one is meant: `str | int`."""

    items: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text literal, which is broken into several where it is long."""

    value: str


Code: TypeAlias = "str | Group | Prefixed | Choice | Text"


def flat(code: Code) -> str:
    """The source on one line."""
    match code:
        case str():
            return code
        case Text():
            return quoted(code.value)
        case Prefixed():
            return code.prefix + flat(code.code)
        case Choice():
            return " | ".join(flat(one) for one in code.items)
        case Group():
            inner = ", ".join(flat(one) for one in code.items)
            comma = "," if code.single and len(code.items) == 1 else ""
            return f"{code.opening}{inner}{comma}{code.closing}"


def laid_out(code: Code, depth: int, before: str = "", after: str = "") -> list[str]:
    """The lines of an expression at a depth of indentation, with text before and after it."""
    line = f"{_INDENT * depth}{before}{flat(code)}{after}"
    if len(line) <= WIDTH:
        return [line]
    match code:
        case Prefixed():
            return laid_out(code.code, depth, before + code.prefix, after)
        case Group() if code.items:
            inner = [line for one in code.items for line in laid_out(one, depth + 1, after=",")]
            first = f"{_INDENT * depth}{before}{code.opening}"
            return [first, *inner, f"{_INDENT * depth}{code.closing}{after}"]
        case Choice():
            return _in_brackets(_choice_lines(code, depth + 1), depth, before, after)
        case Text() if len(code.value) > _SHORTEST_PIECE:
            return _in_brackets(_text_lines(code.value, depth + 1), depth, before, after)
        case _:
            return [line]


def _in_brackets(inner: list[str], depth: int, before: str, after: str) -> list[str]:
    return [f"{_INDENT * depth}{before}(", *inner, f"{_INDENT * depth}){after}"]


def _choice_lines(code: Choice, depth: int) -> list[str]:
    first, *rest = code.items
    return [
        *laid_out(first, depth),
        *(line for one in rest for line in laid_out(one, depth, before="| ")),
    ]


def _text_lines(value: str, depth: int) -> list[str]:
    """A long text in pieces of whole words, each a literal of its own."""
    room = max(_SHORTEST_PIECE, WIDTH - len(_INDENT) * depth - 2)
    pieces: list[str] = []
    here = ""
    for word in _words(value):
        if here and len(quoted(here + word)) - 2 > room:
            pieces.append(here)
            here = ""
        here += word
    return [f"{_INDENT * depth}{quoted(one)}" for one in (*pieces, here) if one]


def _words(value: str) -> list[str]:
    """A text in words, each with the spaces after it; put together they are the text."""
    words: list[str] = []
    for part in value.split(" "):
        if words:
            words[-1] += " "
        words.append(part)
    return [word[at : at + 60] for word in words for at in range(0, len(word), 60)]


def quoted(value: str) -> str:
    """A text as a literal in double quotes; what is no plain character is escaped."""
    if value.isprintable() and "\\" not in value and '"' not in value:
        return f'"{value}"'
    made = "".join(one if one.isprintable() and one != "\\" else _escape(one) for one in value)
    return '"' + made.replace('"', '\\"') + '"'


def _escape(one: str) -> str:
    named = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    code = ord(one)
    if one in named:
        return named[one]
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )


def literal(value: object) -> Code:
    """A JSON value as source."""
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        pairs = (Prefixed(f"{quoted(key)}: ", literal(one)) for key, one in members.items())
        return Group("{", tuple(pairs), "}")
    if isinstance(value, list):
        items = cast("list[object]", value)
        return Group("[", tuple(literal(one) for one in items), "]")
    if isinstance(value, float) and not math.isfinite(value):
        message = f"{value} is no JSON value"
        raise ValueError(message)
    return repr(value) if value is None or isinstance(value, (bool, int, float)) else "None"


def call(name: str, items: Sequence[Code]) -> Group:
    """A call."""
    return Group(f"{name}(", tuple(items), ")")


def row(items: Sequence[Code]) -> Group:
    """A tuple."""
    return Group("(", tuple(items), ")", single=True)


def subscript(name: str, *items: Code) -> Group:
    """`name[…]`."""
    return Group(f"{name}[", items, "]")


def choice(*items: Code) -> Code:
    """Types of which one is meant, each once; a lone one is itself."""
    flattened = [x for one in items for x in (one.items if isinstance(one, Choice) else (one,))]
    different = {flat(one): one for one in flattened}
    # None comes last, as people write it.
    kept = [one for said, one in different.items() if said != "None"]
    kept += ["None"] if "None" in different else []
    if len(kept) > _WIDEST:
        return subscript("Union", *kept)
    return Choice(tuple(kept)) if len(kept) > 1 else kept[0]


def keyword(name: str, value: Code) -> Prefixed:
    """`name=value`."""
    return Prefixed(f"{name}=", value)
