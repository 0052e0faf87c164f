"""Generated requests in the order in which they find most; what teaches nothing is left out.

Each scenario at each place once, well-formed and malformed ones by turns, then the second of each.
"""

from __future__ import annotations

import json
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from seamwright.drive.cases.generated import FUZZING, GeneratedRequest
from seamwright.record.behaviour import shape

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 2
"""Requests kept of those that do the same at the same place with values of the same shape."""


def minimised(requests: Iterable[GeneratedRequest]) -> list[GeneratedRequest]:
    """Without those that are sent already, or are like two that are."""
    sent: set[tuple[object, ...]] = set()
    seen: dict[tuple[object, ...], int] = {}
    kept: list[GeneratedRequest] = []
    for one in requests:
        whole = (one.method, one.target, one.headers, one.body)
        # Random ones are kept: what they share with each other is not known.
        kind = (one.positive, one.scenario, one.place, one.method, _shape(one.body))
        known = seen.get(kind, 0)
        if whole in sent or (known >= _ALIKE and one.scenario != FUZZING):
            continue
        sent.add(whole)
        seen[kind] = known + 1
        kept.append(one)
    return kept


def breadth_first(requests: Iterable[GeneratedRequest]) -> list[GeneratedRequest]:
    """One of each scenario at each place in turn; random ones come last."""
    known, random = list[GeneratedRequest](), list[GeneratedRequest]()
    for one in requests:
        (random if one.scenario == FUZZING else known).append(one)
    return [*_by_turns(known), *_by_turns(random)]


def _by_turns(requests: list[GeneratedRequest]) -> Iterable[GeneratedRequest]:
    well = _in_turn(one for one in requests if one.positive)
    ill = _in_turn(one for one in requests if not one.positive)
    pairs = chain.from_iterable(zip_longest(well, ill))
    return (one for one in pairs if one is not None)


def _in_turn(requests: Iterable[GeneratedRequest]) -> list[GeneratedRequest]:
    groups: dict[tuple[str, str], list[GeneratedRequest]] = {}
    for one in requests:
        groups.setdefault((one.scenario, one.place), []).append(one)
    rounds = chain.from_iterable(zip_longest(*groups.values()))
    return [one for one in rounds if one is not None]


def _shape(body: bytes) -> str:
    try:
        return shape(json.loads(body))
    except (ValueError, RecursionError):
        return "text" if body else "nothing"
