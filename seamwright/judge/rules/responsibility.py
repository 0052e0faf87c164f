"""RSP001: every service is for one thing, and no two of them keep the same data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.access import asking
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place
from seamwright.judge.wording import is_one_sentence, same_words, says_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.ownership import Entity
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("RSP001")


def judge(system: System, record: Record) -> Iterator[Verdict]:  # noqa: ARG001 - a rule's form
    """A service passes when it says in a sentence of its own what it is for.

    A data entity passes when one service writes it. Which service writes it is said by the
    ownership matrix and by the endpoints. One that asks another for it does not write it itself,
    and what a service owns it alone writes: the others can only ask it.
    """
    for service in system.services:
        place = Place(service.name)
        fault = _fault(system, service)
        if fault:
            yield _BENCH.failed(place, fault, [CONTRACT])
        else:
            yield _BENCH.passed(place, [CONTRACT])
    for entity in system.entities:
        writing = _writing(system, entity)
        place = Place("", aspect=entity.name)
        if len(writing) > 1:
            said = f"{entity.name!r} is written by more than one service: {', '.join(writing)}"
            yield _BENCH.failed(place, said, [CONTRACT])
        elif writing:
            yield _BENCH.passed(place, [CONTRACT])
    if len(system.services) > 1 and not system.entities:
        reason = "no data entity is declared, which would show where the services' work ends"
        yield _BENCH.unproven(Place(""), reason)


def _fault(system: System, service: Service) -> str:
    """What is wrong with the responsibility that a service declares, or ""."""
    told = service.responsibility
    if not says_something(told):
        return "the service does not say what it is for"
    if not is_one_sentence(told.strip()):
        return "the service says in more than one sentence what it is for"
    same = [one.name for one in system.services if _same(one, service)]
    if same[0] != service.name:
        return f"the service is for the same as {same[0]!r}, word for word"
    return ""


def _same(one: Service, other: Service) -> bool:
    return same_words(one.responsibility) == same_words(other.responsibility)


def _writing(system: System, entity: Entity) -> list[str]:
    """The services that write an entity themselves, in the contract's order."""
    if system.service(entity.owner):
        return [entity.owner]
    named = {
        service.name
        for service in system.services
        for endpoint in service.endpoints
        if entity.name in endpoint.writes
    }
    named = (named | entity.writers) - asking(entity)
    return [service.name for service in system.services if service.name in named]


RULE = Rule(
    code="RSP001",
    title="Each service has a single responsibility, and none has another's",
    why="Where two services do the same work, neither can be changed without the other.",
    source='Seed, "Service Boundaries": each service has a single responsibility',
    judge=judge,
    reach=Reach.WHOLE,
)
