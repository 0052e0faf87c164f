"""The values that are listed one by one: `enum`, and `const`, which is an enum of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seamwright.contract.compare.direction import Shift, narrowing, widening
from seamwright.contract.compare.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.shape import Bound, Shape

ENUM_SET = narrowing(
    "ENUM-SET",
    "a value became one of a list",
    "go on taking other values",
    "go on letting other values be answered",
)
ENUM_UNSET = widening(
    "ENUM-UNSET",
    "a value is no longer one of a list",
    "keep the list, or announce to providers that it ends",
    "keep the list, or answer open values in a new property",
)
ENUM_VALUE_ADDED = widening(
    "ENUM-VALUE-ADDED",
    "a list of values grew",
    "announce the value to providers first",
    "answer the new value only to consumers that asked for the new version",
)
ENUM_VALUE_REMOVED = narrowing(
    "ENUM-VALUE-REMOVED",
    "a list of values shrank",
    "go on taking the value, for instance as another one",
    "go on letting the value be answered",
)
FACETS = (ENUM_SET, ENUM_UNSET, ENUM_VALUE_ADDED, ENUM_VALUE_REMOVED)


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """What was listed and is not, and the other way round."""
    if old.enum is None and new.enum is None:
        return
    if new.enum is None:
        yield Shift(ENUM_UNSET, "", f"one of {listed(old.enum or ())} → any")
        yield from _lost(_outside(old.enum or frozenset(), new))
    elif old.enum is None:
        yield Shift(ENUM_SET, "", f"any → one of {listed(new.enum)}")
        yield from _grown(_outside(new.enum, old))
    else:
        yield from _lost(old.enum - new.enum)
        yield from _grown(new.enum - old.enum)


def _lost(values: frozenset[str]) -> Iterator[Shift]:
    if values:
        yield Shift(ENUM_VALUE_REMOVED, "", f"no longer {listed(values)}")


def _grown(values: frozenset[str]) -> Iterator[Shift]:
    if values:
        yield Shift(ENUM_VALUE_ADDED, "", f"now also {listed(values)}")


def _outside(values: frozenset[str], open_: Shape) -> frozenset[str]:
    """Those of the values that the bounds of an open shape leave out."""
    return frozenset(one for one in values if not _fits(json.loads(one), open_))


def _fits(value: object, shape: Shape) -> bool:
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, str):
        least, most = shape.sizes.get("minLength", 0), shape.sizes.get("maxLength", len(value))
        return least <= len(value) <= most
    if isinstance(value, int | float):
        return _above(value, shape.lower) and _above(-value, _mirrored(shape.upper))
    return True


def _above(value: float, bound: Bound | None) -> bool:
    return bound is None or value > bound[0] or (value == bound[0] and not bound[1])


def _mirrored(bound: Bound | None) -> Bound | None:
    return None if bound is None else (-bound[0], bound[1])
