"""How names, literals and comments are written in TypeScript."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP = "  "
_WIDTH = 96
_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def literal(value: object) -> str:
    """The type (and the expression) that is one JSON value and no other.

    Text is ASCII, so that no character of it can end a line or turn the direction of reading.
    """
    match value:
        case list():
            return f"[{', '.join(literal(one) for one in cast('list[object]', value))}]"
        case dict():
            fields = cast("dict[str, object]", value).items()
            return f"{{ {'; '.join(f'{key(name)}: {literal(one)}' for name, one in fields)} }}"
        case float() if not math.isfinite(value):
            return "number"
        case _:
            return json.dumps(value)


def key(name: str) -> str:
    """A property's name, quoted where it is no identifier."""
    return name if _PLAIN.fullmatch(name) else literal(name)


def access(value: str, steps: Iterable[str]) -> str:
    """The expression that reads a place inside of a value."""
    return value + "".join(
        f".{step}" if _PLAIN.fullmatch(step) else f"[{literal(step)}]" for step in steps
    )


def comment(text: str, indent: str = "") -> list[str]:
    """The lines of a TSDoc comment; none where there is nothing to say."""
    lines = [
        "".join(one if one.isprintable() else " " for one in line).rstrip()
        for line in text.strip().replace("*/", "*\\/").splitlines()
    ]
    if not lines:
        return []
    if len(lines) == 1 and len(indent) + len(lines[0]) + 7 <= _WIDTH:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {one}".rstrip() for one in lines), f"{indent} */"]


def union(parts: Iterable[str], indent: str = "", before: int = 0) -> str:
    """One of several types, each named once; over several lines where one would be too long.

    Args:
        parts: each a type that may stand before `[]`.
        indent: of the line that the union begins in.
        before: how many characters stand before it in that line.
    """
    kept = tuple(dict.fromkeys(parts))
    if "unknown" in kept:
        return "unknown"
    kept = tuple(one for one in kept if one != "never") or ("never",)
    line = " | ".join(kept)
    if len(kept) == 1 or "\n" in line or len(indent) + before + len(line) < _WIDTH:
        return line
    return "".join(f"\n{indent}{STEP}| {one}" for one in kept)


def after(start: str, text: str) -> str:
    """A type behind what it is the type of, on the same line unless it begins a new one."""
    return f"{start}{text}" if text.startswith("\n") else f"{start} {text}"
