"""The type of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.direction import Shift, incomparable, narrowing, widening
from seamwright.contract.compare.shape import EVERY, NUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.shape import Shape

TYPE_WIDENED = widening(
    "TYPE-WIDENED",
    "a value may have more types",
    "keep the old type, or announce the new one to providers first",
    "keep the old type, or answer the new one in a new property",
)
TYPE_NARROWED = narrowing(
    "TYPE-NARROWED",
    "a value may have fewer types",
    "go on taking the old types",
    "go on letting the old types be answered",
)
TYPE_CHANGED = incomparable(
    "TYPE-CHANGED",
    "a value has another type",
    "take both types for a while, or add a property with the new type",
    "add a property with the new type, and keep the old one",
)
FACETS = (TYPE_WIDENED, TYPE_NARROWED, TYPE_CHANGED)


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """At most one change; values that are listed, and members of unions, speak for themselves."""
    apart = foreign(old, new)
    listed = old.enum is not None or new.enum is not None or old.unions or new.unions
    if old.types == new.types or (listed and not apart):
        return
    said = f"type {_told(old)} → {_told(new)}"
    if old.types < new.types:
        yield Shift(TYPE_WIDENED, "", said)
    elif new.types < old.types:
        yield Shift(TYPE_NARROWED, "", said)
    else:
        yield Shift(TYPE_CHANGED, "", said)


def foreign(old: Shape, new: Shape) -> bool:
    """Whether no value has both types, so that nothing else can be held against each other."""
    return not old.types & new.types


def _told(shape: Shape) -> str:
    if shape.types == EVERY:
        return "any"
    numeric = shape.types & NUMERIC
    number = {"number"} if "fraction" in numeric else numeric
    names = [*(shape.types - NUMERIC), *number]
    return " or ".join(sorted(names)) or "nothing"
