"""BND001: services speak HTTP with each other, and reach only stores that hold data of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.edge import Protocol
from seamwright.judge.access import direct
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.edge import Edge
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("BND001")


def judge(system: System, record: Record) -> Iterator[Verdict]:  # noqa: ARG001 - a rule's form
    """An edge between services passes when it is HTTP; one to a store when the matrix opens it.

    Edges to other dependencies are not this rule's business.
    """
    services = {one.name for one in system.services}
    stores = {one.name for one in system.dependencies if one.stores}
    judged = [one for one in system.edges if one.callee in services | stores]
    for edge in judged:
        yield _between(edge) if edge.callee in services else _to_store(system, edge)
    if not judged:
        yield _BENCH.unproven(Place(""), "no edge leads to a service or to a store")


def _between(edge: Edge) -> Verdict:
    place = Place(edge.caller, aspect=edge.name)
    if edge.protocol is Protocol.HTTP:
        return _BENCH.passed(place, [CONTRACT])
    said = f"{edge.caller} and {edge.callee} speak {edge.protocol.value}, not HTTP"
    return _BENCH.failed(place, said, [CONTRACT])


def _to_store(system: System, edge: Edge) -> Verdict:
    place = Place(edge.caller, aspect=edge.name)
    kept = [one for one in system.entities if one.owner == edge.callee]
    if not kept:
        return _BENCH.unproven(place, f"no data entity is declared that {edge.callee} holds")
    if any(edge.caller in direct(one) for one in kept):
        return _BENCH.passed(place, [CONTRACT])
    said = f"{edge.caller} reaches {edge.callee}, of whose data it may neither read nor write any"
    return _BENCH.failed(place, said, [CONTRACT])


RULE = Rule(
    code="BND001",
    title="Services speak HTTP with each other and stay out of each other's stores",
    why="Who reads another's tables breaks when they change, and no contract says so.",
    source='Seed, "Service Boundaries": no direct database access, all communication via HTTP',
    judge=judge,
    reach=Reach.WHOLE,
)
