"""Whether a value may be null, however that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.direction import Shift, narrowing, widening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.shape import Shape

BECAME_NULLABLE = widening(
    "BECAME-NULLABLE",
    "a value may be null",
    "go on refusing null, or announce it to providers first",
    "leave the value out where there is none, or go on answering one",
)
BECAME_NOT_NULLABLE = narrowing(
    "BECAME-NOT-NULLABLE",
    "a value may no longer be null",
    "go on taking null",
    "go on letting null be answered",
)
FACETS = (BECAME_NULLABLE, BECAME_NOT_NULLABLE)


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """At most one change; where one side is any value at all, its type says it."""
    if old.nullable == new.nullable or (old.types != new.types and (old.anything or new.anything)):
        return
    facet = BECAME_NULLABLE if new.nullable else BECAME_NOT_NULLABLE
    yield Shift(facet, "", "not null → null too" if new.nullable else "null too → not null")
