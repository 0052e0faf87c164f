"""What of the published files is not as the contract set would have it, and how it differs."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_WORK = 1_000_000_000
"""About eight seconds of comparing; texts that may need more are not compared line by line."""
_CONTEXT = 3
_HUNK = re.compile(r"\A@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@\Z")


class Why(StrEnum):
    """Why a file is out of date."""

    MISSING = "missing"
    DIFFERENT = "different"
    LEFTOVER = "leftover"


@dataclass(frozen=True, slots=True)
class Stale:
    """A file that is out of date.

    Attributes:
        path: from the project's root.
        why: it is out of date.
        seen: its text, "" where it is missing; what is no UTF-8 is replaced.
        expected: the text that should be there, "" where none should.
    """

    path: str
    why: Why
    seen: str
    expected: str


def stale_files(expected: Mapping[str, str], found: Mapping[str, bytes]) -> tuple[Stale, ...]:
    """The files that are out of date, in order of path.

    Args:
        expected: path → text.
        found: path → content of those of them that are there, and of leftovers.
    """
    return tuple(_stale(expected, found))


def _stale(expected: Mapping[str, str], found: Mapping[str, bytes]) -> Iterable[Stale]:
    for path in sorted({*expected, *found}):
        text, content = expected.get(path), found.get(path)
        seen = (content or b"").decode(errors="replace")
        if text is None:
            yield Stale(path, Why.LEFTOVER, seen, "")
        elif content is None:
            yield Stale(path, Why.MISSING, "", text)
        elif content != text.encode():
            yield Stale(path, Why.DIFFERENT, seen, text)


def differing_lines(one: Stale, most: int) -> tuple[tuple[str, ...], int]:
    """A unified diff from what is there to what should be, and how many lines were left out.

    The lines are as they are in the files, and end without a line break.
    """
    seen, expected = _lines(one.seen), _lines(one.expected)
    begin, end = _alike(seen, expected)
    seen, expected = seen[begin : len(seen) - end], expected[begin : len(expected) - end]
    if _work(seen, expected) > _MOST_WORK:
        return (), len(seen) + len(expected)
    heads = (f"{one.path} (as it is)", f"{one.path} (as the contract says)")
    made = list(difflib.unified_diff(seen, expected, *heads, n=_CONTEXT, lineterm=""))
    told = [_HUNK.sub(lambda hunk: _shifted(hunk, begin), line) for line in made[:most]]
    return tuple(told), max(len(made) - most, 0)


def _alike(seen: Sequence[str], expected: Sequence[str]) -> tuple[int, int]:
    """How many lines both begin and end with, less those that a diff shows of them."""
    shorter = min(len(seen), len(expected))
    begin = 0
    while begin < shorter and seen[begin] == expected[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and seen[-1 - end] == expected[-1 - end]:
        end += 1
    return max(begin - _CONTEXT, 0), max(end - _CONTEXT, 0)


def _work(seen: Sequence[str], expected: Sequence[str]) -> int:
    """How long `difflib` may take at worst: it looks up the equals of each line, again and again.

    Lines that are more than a hundredth of a long text it passes over.
    """
    times = Counter(expected)
    popular = len(expected) // 100 + 1 if len(expected) >= 200 else len(expected)
    equals = sum(times[line] for line in seen if times[line] <= popular)
    return equals * max(len(seen), len(expected))


def _shifted(hunk: re.Match[str], lines: int) -> str:
    """The head of a hunk of a text that this many lines were left out before."""
    old, old_length, new, new_length = hunk.groups(default="")
    return f"@@ -{int(old) + lines}{old_length} +{int(new) + lines}{new_length} @@"


def _lines(text: str) -> list[str]:
    """The lines; a last one that lacks its line break is told from one that has it."""
    lines = text.split("\n")
    last = lines.pop()
    return [*lines, f"{last}\\ no line break at the end"] if last else lines
