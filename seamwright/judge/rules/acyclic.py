"""EDG001: no service calls itself through others."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("EDG001")


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """The system passes when its declared edges between services have no circle and were seen.

    A call over an edge that is not declared cannot be overheard: it has no tap. So what was seen
    is the evidence that the declared edges are the used ones, and an edge that could not be
    overheard leaves the question open.
    """
    # In the contract's order, so that the same circle is always told from the same service.
    services = [one.name for one in system.services]
    edges = [one for one in system.edges if one.callee in services]
    graph = {name: [one.callee for one in edges if one.caller == name] for name in services}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " → ".join(str(one) for one in error.args[1])
        yield _BENCH.failed(
            Place(""), f"services call each other in a circle: {circle}", [CONTRACT]
        )
        return
    evidence: list[str] = []
    for edge in edges:
        seen = [one.id for one in record.on(edge.name)]
        if not seen:
            why = record.why_unseen(edge.name) or f"nothing was seen on {edge.name}"
            yield _BENCH.unproven(Place(edge.caller, aspect=edge.name), why)
        evidence += seen
    if evidence or not edges:
        yield _BENCH.passed(Place(""), evidence or [CONTRACT])


RULE = Rule(
    code="EDG001",
    title="No circular dependencies between services",
    why="A circle of calls turns one slow service into a deadlock of all.",
    source='Seed, "Data Flow": no circular dependencies',
    judge=judge,
    reach=Reach.WHOLE,
)
