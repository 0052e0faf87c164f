"""How large a number is, how long a text or a list, how many properties an object has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.direction import Shift, incomparable, narrowing, widening
from seamwright.contract.compare.wording import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.direction import Facet
    from seamwright.contract.compare.shape import Bound, Shape

MULTIPLE_SET = narrowing(
    "MULTIPLE-SET",
    "a number became a multiple",
    "go on taking other numbers",
    "go on letting other numbers be answered",
)
MULTIPLE_UNSET = widening(
    "MULTIPLE-UNSET",
    "a number need no longer be a multiple",
    "keep the step, or announce to providers that it ends",
    "keep the step",
)
MULTIPLE_TIGHTENED = narrowing(
    "MULTIPLE-TIGHTENED",
    "a number has a larger step",
    "go on taking the smaller step",
    "go on letting the smaller step be answered",
)
MULTIPLE_RELAXED = widening(
    "MULTIPLE-RELAXED",
    "a number has a smaller step",
    "announce the smaller step to providers first",
    "keep the larger step",
)
MULTIPLE_CHANGED = incomparable(
    "MULTIPLE-CHANGED",
    "a number has another step",
    "take both steps for a while",
    "keep the old step",
)
UNIQUE_SET = narrowing(
    "UNIQUE-SET",
    "the items of a list must differ",
    "go on taking items twice",
    "go on letting items be answered twice",
)
UNIQUE_UNSET = widening(
    "UNIQUE-UNSET",
    "the items of a list need not differ",
    "go on refusing items twice, or announce it to providers first",
    "go on answering each item once",
)


def _four(code: str, what: str) -> tuple[Facet, Facet, Facet, Facet]:
    """Set, unset, tightened and relaxed, for one kind of bound."""
    return (
        narrowing(
            f"{code}-SET",
            f"{what} got a bound",
            "go on taking what is beyond it",
            "go on letting what is beyond it be answered",
        ),
        widening(
            f"{code}-UNSET",
            f"{what} lost a bound",
            "keep the bound, or announce to providers that it ends",
            "keep the bound",
        ),
        narrowing(
            f"{code}-TIGHTENED",
            f"{what} has a tighter bound",
            "go on taking what the old bound took",
            "go on letting what the old bound let be answered",
        ),
        widening(
            f"{code}-RELAXED",
            f"{what} has a wider bound",
            "announce the wider bound to providers first",
            "keep the old bound",
        ),
    )


RANGE = _four("RANGE", "a number")
LENGTH = _four("LENGTH", "the length of a text")
ITEMS = _four("ITEMS", "the length of a list")
CONTAINS = _four("CONTAINS", "how many items are of a kind")
PROPERTIES = _four("PROPERTIES", "the number of properties")
FACETS = (
    *RANGE,
    *LENGTH,
    *ITEMS,
    *CONTAINS,
    *PROPERTIES,
    MULTIPLE_SET,
    MULTIPLE_UNSET,
    MULTIPLE_TIGHTENED,
    MULTIPLE_RELAXED,
    MULTIPLE_CHANGED,
    UNIQUE_SET,
    UNIQUE_UNSET,
)

_FAMILIES = {"Length": LENGTH, "Items": ITEMS, "Contains": CONTAINS, "Properties": PROPERTIES}


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """Changes of every bound; an enum's values have none."""
    for name in sorted(old.sizes.keys() | new.sizes.keys()):
        if name.endswith("Length") and (old.enum is not None or new.enum is not None):
            continue
        before, after = old.sizes.get(name), new.sizes.get(name)
        sign = 1 if name.startswith("min") else -1
        ends = [None if one is None else (sign * one, False) for one in (before, after)]
        said = f"{name} {became(before, after)}"
        yield from _moved(_FAMILIES[name[3:]], ends[0], ends[1], said)
    if old.unique != new.unique:
        facet = UNIQUE_SET if new.unique else UNIQUE_UNSET
        yield Shift(facet, "", f"uniqueItems {became(old.unique, new.unique)}")
    if old.enum is None and new.enum is None:
        yield from _numbers(old, new)


def _numbers(old: Shape, new: Shape) -> Iterator[Shift]:
    lower = f"{_told('≥', '>', old.lower)} → {_told('≥', '>', new.lower)}"
    yield from _moved(RANGE, old.lower, new.lower, lower)
    upper = f"{_told('≤', '<', old.upper)} → {_told('≤', '<', new.upper)}"
    yield from _moved(RANGE, _mirrored(old.upper), _mirrored(new.upper), upper)
    if old.multiple != new.multiple:
        said = f"multipleOf {became(old.multiple, new.multiple)}"
        yield Shift(_step(old.multiple, new.multiple), "", said)


def _moved(
    family: tuple[Facet, ...], old: Bound | None, new: Bound | None, said: str
) -> Iterator[Shift]:
    """The change of a lower bound: higher is tighter, and what is itself outside is higher."""
    set_, unset, tightened, relaxed = family
    if old == new:
        return
    if old is None or new is None:
        yield Shift(set_ if old is None else unset, "", said)
    else:
        yield Shift(tightened if new > old else relaxed, "", said)


def _mirrored(bound: Bound | None) -> Bound | None:
    return None if bound is None else (-bound[0], bound[1])


def _step(old: float | None, new: float | None) -> Facet:
    if old is None or new is None:
        return MULTIPLE_SET if old is None else MULTIPLE_UNSET
    if _divides(old, new):
        return MULTIPLE_TIGHTENED
    return MULTIPLE_RELAXED if _divides(new, old) else MULTIPLE_CHANGED


def _divides(small: float, large: float) -> bool:
    try:
        steps = large / small
    except (OverflowError, ZeroDivisionError):
        return False
    return steps == int(steps)


def _told(closed: str, open_: str, bound: Bound | None) -> str:
    if bound is None:
        return "any"
    return f"{open_ if bound[1] else closed} {became(bound[0], bound[0]).split(' ')[0]}"
