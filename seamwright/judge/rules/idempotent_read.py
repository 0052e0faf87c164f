"""IDM001: asking the same again, with nothing written meanwhile, gives the same data."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from seamwright.judge.answered_data import ABSENT, answered_data
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place
from seamwright.judge.walked import endpoint_of, method_of, walked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("IDM001")
_SHOWN = 6


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A read passes when two of the same, one right after the other in a walk, gave equal data.

    A walk is alone with its thing, so that nobody else has written it. Without an envelope nothing
    says which part of an answer is data and which is about the request.
    """
    if system.envelope is None:
        return
    same: dict[Place, list[str]] = {}
    wrong: set[Place] = set()
    for walk in walked(record):
        for one, other in pairwise(walk.exchanges):
            if not _is_again(one, other):
                continue
            place = Place(walk.service, endpoint_of(other))
            first, second = answered_data(system, one), answered_data(system, other)
            if first is ABSENT or second is ABSENT:
                continue
            if first != second:
                wrong.add(place)
                said = "asked twice with nothing written meanwhile, it answers other data"
                yield _BENCH.failed(place, said, [other.id, one.id])
            else:
                same.setdefault(place, []).extend([one.id, other.id])
    for place, evidence in same.items():
        if place not in wrong:
            yield _BENCH.passed(place, evidence[:_SHOWN])


def _is_again(one: Exchange, other: Exchange) -> bool:
    if not (one.request and other.request):
        return False
    return (
        method_of(other) == "GET" == method_of(one) and one.request.target == other.request.target
    )


RULE = Rule(
    code="IDM001",
    title="Asking again gives the same",
    why="A read that changes what it reads cannot be repeated, cached or trusted.",
    source="RFC 9110, 9.2: safe and idempotent methods",
    judge=judge,
    reach=Reach.WHOLE,
)
