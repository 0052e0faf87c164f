"""OWN001: every data entity has an owner, and nobody touches it whom the matrix does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.access import asking, direct, ends_of, readers_of, writers_of
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.ownership import Entity
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("OWN001")


def judge(system: System, record: Record) -> Iterator[Verdict]:  # noqa: ARG001 - a rule's form
    """An entity passes when its row of the matrix holds together and an endpoint touches it.

    An endpoint that reads or writes entities passes when the matrix lets its service do so; the
    same foreign access of several endpoints of a service is one finding.
    """
    if not system.entities:
        yield _BENCH.unproven(Place(""), "the contract set declares no data entities")
        return
    for entity in system.entities:
        yield from _entity(system, entity)
    for service in system.services:
        yield from _service(system, service)


def _entity(system: System, entity: Entity) -> Iterator[Verdict]:
    place = Place("", aspect=entity.name)
    faults = list(dict.fromkeys(_faults(system, entity)))
    for fault in faults:
        yield _BENCH.failed(place, fault, [CONTRACT])
    if faults:
        return
    if any(entity.name in one.reads | one.writes for one in _endpoints(system)):
        yield _BENCH.passed(place, [CONTRACT])
    else:
        yield _BENCH.unproven(place, f"no endpoint says that it reads or writes {entity.name!r}")


def _faults(system: System, entity: Entity) -> Iterator[str]:
    """What is wrong with a row of the matrix."""
    name = entity.name
    written = entity.writers or any(name in one.writes for one in _endpoints(system))
    if not written and not _is_foreign(system, entity.owner):
        yield f"nobody writes {name!r}"
    for asker, asked in entity.through:
        if asker not in readers_of(entity) | writers_of(entity):
            yield f"{asker} asks {asked} for {name!r}, and may neither read nor write it"
        if system.edge(f"{asker}→{asked}") is None:
            yield f"{asker} asks {asked} for {name!r}, and no edge leads there"
    for asker in sorted(asking(entity)):
        if not ends_of(entity, asker):
            yield f"whom {asker} asks for {name!r} asks others, in a circle"
    for box in sorted(direct(entity) - {entity.owner}):
        if system.service(box) and system.edge(f"{box}→{entity.owner}") is None:
            yield f"{box} reaches {name!r} directly, and has no edge to its owner {entity.owner}"


def _endpoints(system: System) -> list[Endpoint]:
    return [endpoint for service in system.services for endpoint in service.endpoints]


def _is_foreign(system: System, owner: str) -> bool:
    """Whether the owner is a box outside that keeps its data itself: no store, no service."""
    return any(one.name == owner and not one.stores for one in system.dependencies)


def _service(system: System, service: Service) -> Iterator[Verdict]:
    refused: dict[tuple[str, str], list[Endpoint]] = {}
    for endpoint in service.endpoints:
        faults = list(_refused(system, service, endpoint))
        for fault in faults:
            refused.setdefault(fault, []).append(endpoint)
        if not faults and endpoint.reads | endpoint.writes:
            yield _BENCH.passed(Place(service.name, endpoint.id), [CONTRACT])
    for (verb, name), endpoints in refused.items():
        first = endpoints[0].id
        place = Place(service.name, first)
        does = f"{first} does"
        if len(endpoints) > 1:
            place = Place(service.name, aspect=name)
            does = f"{len(endpoints)} of its endpoints do: {first} is the first"
        said = f"{service.name} may not {verb} {name!r}, and {does}"
        yield _BENCH.failed(place, said, [CONTRACT])


def _refused(system: System, service: Service, endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    """What an endpoint does that its service may not: read or write, and which entity."""
    for entity in system.entities:
        if entity.name in endpoint.reads and service.name not in readers_of(entity):
            yield "read", entity.name
        if entity.name in endpoint.writes and service.name not in writers_of(entity):
            yield "write", entity.name


RULE = Rule(
    code="OWN001",
    title="Each data entity has a clear owner",
    why="Data that anyone may touch is nobody's to mend when it is wrong.",
    source='Seed, "Data Flow": clear ownership of each data entity; "Service Ownership Matrix"',
    judge=judge,
    reach=Reach.WHOLE,
)
