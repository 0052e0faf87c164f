"""PAG001: whoever turns all pages of a list sees every item once."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, cast

from seamwright.judge.answered_data import answered_data
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place
from seamwright.judge.walked import endpoint_of, method_of, succeeded, walked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.judge.walked import WalkedSteps
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("PAG001")
_SHOWN = 6
_ID = "id"


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A list passes when all pages of two or more were turned, and showed each item once.

    An item counts that was created by a walk before the first page was asked for, that was there
    until the last one was answered, and that the list has shown to somebody: it may have a filter.
    """
    walks = walked(record)
    confirmed: dict[Place, list[str]] = {}
    doubtful: dict[Place, str] = {}
    wrong: set[Place] = set()
    for walk in walks:
        turned = [one for one in walk.exchanges if method_of(one) == "GET"]
        if not walk.reason.startswith("pages of ") or not turned:
            continue
        place = Place(walk.service, endpoint_of(turned[0]))
        pages = [one for one in turned if succeeded(one)]
        fault = _fault(system, record, walks, walk, pages)
        why = record.why_unseen(walk.reason) or _why_open(pages)
        if fault:
            wrong.add(place)
            yield _BENCH.failed(place, fault, [one.id for one in pages])
        elif why:
            doubtful.setdefault(place, why)
        else:
            confirmed.setdefault(place, []).extend(one.id for one in pages)
    for place, evidence in confirmed.items():
        if place not in wrong:
            yield _BENCH.passed(place, evidence[:_SHOWN])
    for place, why in doubtful.items():
        if place not in wrong and place not in confirmed:
            yield _BENCH.unproven(place, why)


def _why_open(pages: Sequence[Exchange]) -> str:
    return "" if len(pages) > 1 else "the list has one page only"


def _fault(
    system: System,
    record: Record,
    walks: Sequence[WalkedSteps],
    walk: WalkedSteps,
    pages: Sequence[Exchange],
) -> str:
    keys = _keys(system, pages)
    if any(count > 1 for count in Counter(keys).values()):
        return "turning its pages shows an item twice"
    if record.why_unseen(walk.reason) or not pages:
        return ""
    missing = _standing(system, walks, walk, pages) - set(keys)
    if missing and missing & set(_keys(system, _turned_by_all(walks, walk, pages))):
        return "turning its pages leaves out an item that was there all the time"
    return ""


def _standing(
    system: System, walks: Sequence[WalkedSteps], walk: WalkedSteps, pages: Sequence[Exchange]
) -> set[str]:
    """The keys of the things that were there while the pages were turned."""
    path = endpoint_of(pages[0]).partition(" ")[2]
    found: set[str] = set()
    for other in walks:
        made = [one for one in other.exchanges if endpoint_of(one) == f"POST {path}"]
        if other.service != walk.service or not made or not succeeded(made[0]):
            continue
        ends = [one.began_s for one in other.exchanges if method_of(one) == "DELETE"]
        there = made[0].ended_s < pages[0].began_s
        if there and min(ends, default=float("inf")) > pages[-1].ended_s:
            data = answered_data(system, made[0])
            if isinstance(data, dict) and _ID in data:
                found.add(_key(cast("dict[str, object]", data)))
    return found


def _turned_by_all(
    walks: Sequence[WalkedSteps], walk: WalkedSteps, pages: Sequence[Exchange]
) -> list[Exchange]:
    """The pages of this list that any walk was shown."""
    return [
        one
        for other in walks
        for one in other.exchanges
        if other.service == walk.service and endpoint_of(one) == endpoint_of(pages[0])
    ]


def _keys(system: System, pages: Sequence[Exchange]) -> list[str]:
    items = [item for one in pages for item in _items(answered_data(system, one))]
    return [_key(cast("dict[str, object]", item)) for item in items if isinstance(item, dict)]


def _items(data: object) -> list[object]:
    """The items of a page: the data itself, or the only list in it."""
    if isinstance(data, list):
        return cast("list[object]", data)
    if not isinstance(data, dict):
        return []
    values = cast("dict[str, object]", data).values()
    lists = [cast("list[object]", one) for one in values if isinstance(one, list)]
    return lists[0] if len(lists) == 1 else []


def _key(fields: dict[str, object]) -> str:
    """What tells an item from others: its id, else all of it."""
    return json.dumps(fields.get(_ID, fields), sort_keys=True)


RULE = Rule(
    code="PAG001",
    title="Whoever turns all pages of a list sees every item once",
    why="An item between two pages is one that nobody finds; one that comes twice is done twice.",
    source='Seed, "API Contracts": what a list endpoint answers',
    judge=judge,
    reach=Reach.WHOLE,
)
