"""The members of `oneOf` and `anyOf`: which are new, which are gone, which belong together.

Both words mean the same here: one of several. Members are held against each other, not only
counted; what belongs together is found by name, by likeness, by a constant property, and by type
where only one on each side has it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from seamwright.contract.compare import keyword
from seamwright.contract.compare.direction import Shift, narrowing, widening
from seamwright.contract.compare.likeness import Marks
from seamwright.contract.compare.shape import EVERY, Shape
from seamwright.contract.compare.wording import became, bounded, canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from seamwright.contract.compare.normal_form import Forms
    from seamwright.contract.compare.shape import Schema

UNION_MEMBER_ADDED = widening(
    "UNION-MEMBER-ADDED",
    "a value may have one more form",
    "announce the form to providers first",
    "answer the new form only to consumers that asked for the new version",
)
UNION_MEMBER_REMOVED = narrowing(
    "UNION-MEMBER-REMOVED",
    "a value may have one form less",
    "go on taking the form",
    "go on letting the form be answered",
)
UNION_SET = narrowing(
    "UNION-SET",
    "a value must also be one of several forms",
    "go on taking what is none of them",
    "go on letting be answered what is none of them",
)
UNION_UNSET = widening(
    "UNION-UNSET",
    "a value need no longer be one of several forms",
    "keep the forms, or announce to providers that they end",
    "keep the forms",
)
FACETS = (UNION_MEMBER_ADDED, UNION_MEMBER_REMOVED, UNION_SET, UNION_UNSET)


@dataclass(frozen=True, slots=True)
class Side:
    """The old or the new schemas, with what is needed to look into them."""

    forms: Forms
    marks: Marks

    @classmethod
    def of(cls, forms: Forms) -> Side:
        """The side with these normal forms."""
        return cls(forms, Marks(forms))


@dataclass(frozen=True, slots=True)
class Matched:
    """Which members belong together, and which are alone."""

    pairs: tuple[tuple[Schema, Schema], ...]
    removed: tuple[Schema, ...]
    added: tuple[Schema, ...]


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """Whether there are as many unions as before; what is in them is matched one by one."""
    before, after = len(old.unions), len(new.unions)
    if before != after:
        facet = UNION_SET if after > before else UNION_UNSET
        yield Shift(facet, "", f"unions {became(before, after)}")


def alone(found: Matched) -> Iterator[Shift]:
    """The members that have no other."""
    for one in found.removed:
        yield Shift(UNION_MEMBER_REMOVED, "", f"no longer {told(one)}")
    for one in found.added:
        yield Shift(UNION_MEMBER_ADDED, "", f"now also {told(one)}")


def pure(shape: Shape) -> bool:
    """Whether a shape says nothing but that it is one of several."""
    rest = {name: one for name, one in shape.others.items() if name != "discriminator"}
    said = replace(
        shape, types=EVERY, nullable=True, unions=(), others=rest, default=None, deprecated=False
    )
    return len(shape.unions) == 1 and said == Shape()


def matched(old: tuple[Schema, ...], new: tuple[Schema, ...], before: Side, after: Side) -> Matched:
    """Bring the members of two unions together."""
    pairs, left, right = _paired(list(old), list(new), _name, _name)
    # Those that are equal belong together, however often either side has them.
    before_marks = {before.marks.of(one): one for one in old}
    after_marks = {after.marks.of(one): one for one in new}
    same = {before.marks.of(one) for one in left} & after_marks.keys()
    same |= {after.marks.of(one) for one in right} & before_marks.keys()
    pairs += [(before_marks[mark], after_marks[mark]) for mark in sorted(same)]
    left = [one for one in left if before.marks.of(one) not in after_marks]
    right = [one for one in right if after.marks.of(one) not in before_marks]
    for known in (_tag, _type):
        found, left, right = _paired(
            left,
            right,
            partial(known, forms=before.forms),
            partial(known, forms=after.forms),
        )
        pairs += found
    return Matched(tuple(pairs), tuple(left), tuple(right))


def _paired(
    left: list[Schema],
    right: list[Schema],
    known_before: Callable[[Schema], str],
    known_after: Callable[[Schema], str],
) -> tuple[list[tuple[Schema, Schema]], list[Schema], list[Schema]]:
    """Those that are known by the same word, where only one on each side is."""
    old, new = _alone(left, known_before), _alone(right, known_after)
    both = [word for word in old if word and word in new]
    pairs = [(old[word], new[word]) for word in both]
    used = {id(one) for pair in pairs for one in pair}
    kept = [one for one in left if id(one) not in used]
    rest = [one for one in right if id(one) not in used]
    return pairs, kept, rest


def _alone(members: list[Schema], known: Callable[[Schema], str]) -> dict[str, Schema]:
    words = [known(one) for one in members]
    often = Counter(words)
    return {word: one for word, one in zip(words, members, strict=True) if often[word] == 1}


def _name(schema: Schema) -> str:
    return keyword.definition(schema) or ""


def _tag(schema: Schema, forms: Forms) -> str:
    """The properties that have one value only."""
    tags: dict[str, list[str]] = {}
    for name, one in forms.shape(schema).properties.items():
        values = forms.shape(one).enum
        if values is not None and len(values) == 1:
            tags[name] = sorted(values)
    return canonical(tags) if tags else ""


def _type(schema: Schema, forms: Forms) -> str:
    return " ".join(sorted(forms.shape(schema).types))


def told(schema: Schema) -> str:
    """A member as it is told: by its name where it has one."""
    name = keyword.definition(schema) or schema.get("title")
    return bounded(name if isinstance(name, str) else canonical(keyword.bare(schema)))
