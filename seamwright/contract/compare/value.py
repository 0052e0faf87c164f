"""Two values held against each other, all the way in, in one direction.

Each pair that refers to definitions is looked into once for each place that a request or a response
has: schemas that contain themselves come to an end, and what many properties share is told once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from seamwright.contract.compare import (
    bounds,
    constraint,
    default,
    enumeration,
    keyword,
    nullability,
    properties,
    text_form,
    union,
    value_type,
)
from seamwright.contract.compare.change import Change
from seamwright.contract.compare.shape import ANY
from seamwright.contract.compare.wording import canonical
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.direction import Direction, Shift
    from seamwright.contract.compare.shape import Schema, Shape
    from seamwright.contract.compare.union import Side

FACETS = (
    *value_type.FACETS,
    *nullability.FACETS,
    *enumeration.FACETS,
    *text_form.FACETS,
    *bounds.FACETS,
    *properties.FACETS,
    *default.FACETS,
    *constraint.FACETS,
    *union.FACETS,
)

_DEEPEST = 64
"""Levels that are looked into; what lies below is compared as a whole."""

_WRITTEN = frozenset({"boolean", "fraction", "integer"})
"""Types that are text where they are written into a path, a query or a header."""

_MOST_STEPS = 20_000
"""Pairs of schemas that are compared for one body, parameter or header."""


class ComparisonProblem(UsageProblem):
    """Two contracts cannot be compared."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place where values travel.

    Attributes:
        before: the old schemas.
        after: the new schemas.
        direction: which way the value goes.
        textual: whether it is written as text, so that a text takes any number.
        seen: pairs of schemas that were looked into.
        within: those that are being looked into.
        steps: how many pairs were compared; one number that counts up.
    """

    before: Side
    after: Side
    direction: Direction
    textual: bool = False
    seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    within: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    steps: list[int] = field(default_factory=lambda: [0])

    def shifts(self, old: Schema | None, new: Schema | None) -> list[Shift]:
        """Every change between two values; None is any value."""
        return list(self._values(old or ANY, new or ANY, 0))

    def _values(
        self, old: Schema, new: Schema, depth: int, *, member: bool = False
    ) -> Iterator[Shift]:
        self._count()
        pair = canonical(keyword.bare(old)), canonical(keyword.bare(new))
        if old == ANY == new or pair in self.within:
            return
        was, will = self._shape(old, self.before), self._shape(new, self.after)
        if member:
            was, will = replace(was, nullable=False), replace(will, nullable=False)
        yield from value_type.shifts(was, will)
        yield from nullability.shifts(was, will)
        if value_type.foreign(was, will):
            return
        if depth >= _DEEPEST:
            yield from constraint.deep(*pair)
            return
        deeper = not self._looked(pair)
        if bool(was.unions) != bool(will.unions) and union.pure(was if was.unions else will):
            # A single form became one of several, or the other way round.
            left = was.unions[0] if was.unions else (old,)
            right = will.unions[0] if will.unions else (new,)
            yield from self._members(left, right, depth, deeper=deeper)
            return
        for aspect in (enumeration, text_form, bounds, properties, default, constraint, union):
            yield from aspect.shifts(was, will)
        yield from constraint.referred(was, will, self.before.marks, self.after.marks)
        yield from properties.deprecation(was, will)
        self.within.add(pair)
        for left, right in zip(was.unions, will.unions, strict=False):
            yield from self._members(left, right, depth, deeper=deeper)
        if deeper:
            yield from self._inner(was, will, depth)
        self.within.discard(pair)

    def _count(self) -> None:
        self.steps[0] += 1
        if self.steps[0] > _MOST_STEPS:
            raise ComparisonProblem(
                expected=f"schemas that are compared in {_MOST_STEPS} steps",
                seen="schemas that refer to each other in too many ways",
                where="a request or a response of one of the two contracts",
                mend="take apart the definitions that combine each other with allOf in circles",
            )

    def _looked(self, pair: tuple[str, str]) -> bool:
        """Whether this pair was looked into; it is from now on. Only references make circles."""
        if not all('"$ref"' in one for one in pair):
            return False
        known = pair in self.seen
        self.seen.add(pair)
        return known

    def _shape(self, schema: Schema, side: Side) -> Shape:
        made = properties.travelling(side.forms.shape(schema), side.forms, self.direction)
        if self.textual and "string" in made.types:
            return replace(made, types=made.types | _WRITTEN)
        return made

    def _inner(self, was: Shape, will: Shape, depth: int) -> Iterator[Shift]:
        if "object" in was.types & will.types:
            for step, left, right in properties.common(was, will):
                yield from self._within(step, left, right, depth)
        if "array" in was.types & will.types:
            yield from self._within("/-", was.items, will.items, depth)
            for place, (left, right) in enumerate(zip(was.prefix, will.prefix, strict=False)):
                yield from self._within(f"/{place}", left, right, depth)

    def _members(
        self, left: tuple[Schema, ...], right: tuple[Schema, ...], depth: int, *, deeper: bool
    ) -> Iterator[Shift]:
        found = union.matched(left, right, self.before, self.after)
        yield from union.alone(found)
        for one, two in found.pairs if deeper else ():
            yield from self._values(one, two, depth + 1, member=True)

    def _within(self, step: str, old: Schema, new: Schema, depth: int) -> Iterator[Shift]:
        for one in self._values(old, new, depth + 1):
            yield replace(one, path=step + one.path)


@dataclass(frozen=True, slots=True)
class Surfaces:
    """The schemas of two interfaces."""

    before: Side
    after: Side

    def changes(
        self,
        old: Schema | None,
        new: Schema | None,
        *,
        direction: Direction,
        where: str,
        textual: bool = False,
    ) -> Iterator[Change]:
        """Every change between two values at one place."""
        site = Site(self.before, self.after, direction, textual)
        for one in site.shifts(old, new):
            yield Change(one.facet.of(direction), f"{where} {one.path}".rstrip(), one.said)
