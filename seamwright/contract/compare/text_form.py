"""The format and the pattern of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.direction import Shift, incomparable, narrowing, widening
from seamwright.contract.compare.wording import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.shape import Shape

FORMAT_SET = narrowing(
    "FORMAT-SET",
    "a value got a format",
    "go on taking values without the format",
    "go on letting values without the format be answered",
)
FORMAT_UNSET = widening(
    "FORMAT-UNSET",
    "a value lost its format",
    "keep the format, or announce to providers that it ends",
    "keep the format",
)
FORMAT_NARROWED = narrowing(
    "FORMAT-NARROWED",
    "a value has a narrower format",
    "go on taking the wider format",
    "go on letting the wider format be answered",
)
FORMAT_WIDENED = widening(
    "FORMAT-WIDENED",
    "a value has a wider format",
    "announce the wider format to providers first",
    "keep the narrower format",
)
FORMAT_CHANGED = incomparable(
    "FORMAT-CHANGED",
    "a value has another format",
    "take both formats for a while, or add a property with the new one",
    "add a property with the new format, and keep the old one",
)
PATTERN_SET = narrowing(
    "PATTERN-SET",
    "a text got a pattern",
    "go on taking texts that do not match",
    "go on letting texts that do not match be answered",
)
PATTERN_UNSET = widening(
    "PATTERN-UNSET",
    "a text lost its pattern",
    "keep the pattern, or announce to providers that it ends",
    "keep the pattern",
)
PATTERN_CHANGED = incomparable(
    "PATTERN-CHANGED",
    "a text has another pattern",
    "keep the old pattern, or show that the new one takes all that the old one took",
    "keep the old pattern, or show that the new one matches nothing that the old one did not",
)
FACETS = (
    FORMAT_SET,
    FORMAT_UNSET,
    FORMAT_NARROWED,
    FORMAT_WIDENED,
    FORMAT_CHANGED,
    PATTERN_SET,
    PATTERN_UNSET,
    PATTERN_CHANGED,
)

_WITHIN = frozenset({("int32", "int64"), ("float", "double")})
"""Each of a pair's first is within its second."""


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """Changes of the format and of the pattern; an enum has neither."""
    if old.enum is not None or new.enum is not None:
        return
    yield from _formats(old.formats, new.formats)
    if old.patterns != new.patterns:
        said = f"pattern {became(old.patterns, new.patterns)}"
        if old.patterns < new.patterns:
            yield Shift(PATTERN_SET, "", said)
        elif new.patterns < old.patterns:
            yield Shift(PATTERN_UNSET, "", said)
        else:
            yield Shift(PATTERN_CHANGED, "", said)


def _formats(old: frozenset[str], new: frozenset[str]) -> Iterator[Shift]:
    if old == new:
        return
    said = f"format {became(old, new)}"
    pairs = {(one, two) for one in old - new for two in new - old}
    if old < new:
        yield Shift(FORMAT_SET, "", said)
    elif new < old:
        yield Shift(FORMAT_UNSET, "", said)
    elif pairs <= _WITHIN:
        yield Shift(FORMAT_WIDENED, "", said)
    elif {(two, one) for one, two in pairs} <= _WITHIN:
        yield Shift(FORMAT_NARROWED, "", said)
    else:
        yield Shift(FORMAT_CHANGED, "", said)
