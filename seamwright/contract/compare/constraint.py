"""Constraints that are compared as a whole, for instance `not`, `if` and `patternProperties`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from seamwright.contract.compare.direction import (
    Shift,
    harmless,
    incomparable,
    narrowing,
    widening,
)
from seamwright.contract.compare.wording import became, bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.likeness import Marks
    from seamwright.contract.compare.shape import Schema, Shape

CONSTRAINT_SET = narrowing(
    "CONSTRAINT-SET",
    "a constraint was set",
    "go on taking what does not keep it",
    "go on letting be answered what does not keep it",
)
CONSTRAINT_UNSET = widening(
    "CONSTRAINT-UNSET",
    "a constraint is gone",
    "keep it, or announce to providers that it ends",
    "keep it",
)
CONSTRAINT_CHANGED = incomparable(
    "CONSTRAINT-CHANGED",
    "a constraint is another one",
    "keep the old one, or show that the new one takes all that the old one took",
    "keep the old one, or show that the new one lets nothing new through",
)
DISCRIMINATOR_CHANGED = harmless(
    "DISCRIMINATOR-CHANGED",
    "the discriminator of a union is another one",
    "it only helps to choose; which values are right is said by the members",
)
FACETS = (CONSTRAINT_SET, CONSTRAINT_UNSET, CONSTRAINT_CHANGED, DISCRIMINATOR_CHANGED)


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """One change for each keyword that differs."""
    for name in sorted(old.others.keys() | new.others.keys()):
        before, after = old.others.get(name), new.others.get(name)
        if before == after:
            continue
        said = f"{bounded(name)} {became(before, after)}"
        if name == "discriminator":
            yield Shift(DISCRIMINATOR_CHANGED, "", said)
        elif before is None:
            yield Shift(CONSTRAINT_SET, "", said)
        elif after is None:
            yield Shift(CONSTRAINT_UNSET, "", said)
        else:
            yield Shift(CONSTRAINT_CHANGED, "", said)
    if len(old.prefix) != len(new.prefix):
        said = f"prefixItems {became(len(old.prefix), len(new.prefix))}"
        yield Shift(CONSTRAINT_CHANGED, "", said)


def deep(old: str, new: str) -> Iterator[Shift]:
    """Whether two schemas differ that are too far down to be looked into."""
    if old != new:
        yield Shift(CONSTRAINT_CHANGED, "", f"far down, {became(old, new)}")


def referred(old: Shape, new: Shape, before: Marks, after: Marks) -> Iterator[Shift]:
    """Constraints in the same words that refer to definitions which say something else now."""
    for name in sorted(old.others.keys() & new.others.keys()):
        text = old.others[name]
        if text == new.others[name] and '"$ref"' in text and name != "discriminator":
            names = _names(json.loads(text))
            if any(before.of(one) != after.of(one) for one in names):
                yield Shift(CONSTRAINT_CHANGED, "", f"{bounded(name)} refers to what changed")


def _names(value: object) -> Iterator[Schema]:
    """Every reference within a constraint."""
    if isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _names(one)
    if isinstance(value, dict):
        named = cast("Schema", value)
        if "$ref" in named:
            yield {"$ref": named["$ref"]}
        for one in named.values():
            yield from _names(one)
