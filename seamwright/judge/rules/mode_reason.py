"""MOD001: every edge and every endpoint says why it is synchronous or queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.shared_fault import by_part
from seamwright.judge.verdict import Place
from seamwright.judge.wording import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("MOD001")


def judge(system: System, record: Record) -> Iterator[Verdict]:  # noqa: ARG001 - a rule's form
    """An endpoint or an edge passes when its reason says something."""
    for service in system.services:
        name = service.name
        endpoints = [(Place(name, one.id), _fault(one.mode_reason)) for one in service.endpoints]
        yield from by_part(_BENCH, name, "endpoint", endpoints)
        edges = [
            (Place(name, aspect=one.name), _fault(one.reason))
            for one in system.edges
            if one.caller == name
        ]
        yield from by_part(_BENCH, name, "edge", edges)


def _fault(reason: str) -> str:
    return "" if says_something(reason) else "does not say why it is synchronous or queued"


RULE = Rule(
    code="MOD001",
    title="Each edge and endpoint says why it is synchronous or queued",
    why="A wait that nobody chose becomes a timeout, and a queue that nobody chose a surprise.",
    source='Seed, "Data Flow": async vs sync communication is intentional',
    judge=judge,
    reach=Reach.WHOLE,
)
