"""STA001: what was created is read back as it was told, and what was deleted is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.json_schema import message_schema
from seamwright.judge.answered_data import answered_data, sent_fields
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place
from seamwright.judge.walked import endpoint_of, method_of, succeeded, walked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.judge.walked import WalkedSteps
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("STA001")
_GONE = frozenset({404, 410})
_MOMENTS = frozenset({"date-time", "date", "time"})
_SHOWN = 6


@dataclass(slots=True)
class _Thing:
    """What is known of the thing that a walk is about."""

    created_by: Exchange
    fields: dict[str, object]
    changed: bool = False
    deleted: bool = False
    shown_by: list[str] = field(default_factory=list[str])


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint that creates passes when a read showed what it made, or its end was seen.

    What is told of a moment may differ, and what was sent may come back in other letters: services
    put addresses into one form. Refusals for other reasons decide nothing.
    """
    confirmed: dict[Place, list[str]] = {}
    wrong: set[Place] = set()
    for walk in walked(record):
        created = next((one for one in walk.exchanges if method_of(one) == "POST"), None)
        if created is None:
            continue
        place = Place(walk.service, endpoint_of(created))
        confirmed.setdefault(place, [])
        for said, one in _faults(system, walk, created, confirmed[place]):
            wrong.add(place)
            at = Place(walk.service, endpoint_of(one))
            yield _BENCH.failed(at, said, [one.id, created.id])
    for place, evidence in confirmed.items():
        if place not in wrong and evidence:
            yield _BENCH.passed(place, evidence[:_SHOWN])
        elif place not in wrong:
            yield _BENCH.unproven(place, "nothing that it created was read or deleted")


def _faults(
    system: System, walk: WalkedSteps, created: Exchange, confirmed: list[str]
) -> Iterator[tuple[str, Exchange]]:
    if not succeeded(created):
        return
    thing = _Thing(created, {})
    yield from _taken(system, thing, created)
    for one in walk.exchanges[walk.exchanges.index(created) + 1 :]:
        said = ""
        match method_of(one):
            case "GET":
                said = _read(system, thing, one)
            case "DELETE":
                thing.deleted |= succeeded(one)
            case _ if thing.deleted:
                said = "what was deleted can still be changed" if succeeded(one) else ""
                if _is_gone(one):
                    thing.shown_by.append(one.id)
            case _ if succeeded(one):
                thing.changed = True
                yield from _taken(system, thing, one)
            case _:
                pass
        if said:
            yield said, one
    confirmed += thing.shown_by


def _taken(system: System, thing: _Thing, one: Exchange) -> Iterator[tuple[str, Exchange]]:
    """Remember what an answer tells of the thing; say what it tells otherwise than it was sent."""
    told = _fields(answered_data(system, one))
    schemas = _schemas(system, one)
    for name, value in sent_fields(one).items():
        if name in told and _is_plain(value, schemas.get(name)) and not _alike(value, told[name]):
            yield f"{name} is answered otherwise than it was sent", one
    # Where no envelope says what the data is, other members may be about the request itself.
    if system.envelope is not None:
        thing.fields.update(told)
    # What an answer does not repeat must be read as it was sent.
    for name, value in sent_fields(one).items():
        if name not in told and isinstance(value, bool | int | str):
            thing.fields[name] = value


def _read(system: System, thing: _Thing, one: Exchange) -> str:
    """What is wrong with a read, or ""."""
    if thing.deleted:
        if _is_gone(one):
            thing.shown_by.append(one.id)
        return "what was deleted can still be read" if succeeded(one) else ""
    doing = "changed" if thing.changed else "created"
    if _is_gone(one):
        return f"what was {doing} cannot be read" if not thing.shown_by else "it is not there now"
    if not succeeded(one):
        return ""
    told = _fields(answered_data(system, one))
    schemas = _schemas(system, one)
    for name in sorted(thing.fields.keys() & told.keys()):
        moment = schemas.get(name, {}).get("format") in _MOMENTS
        if not moment and not _alike(thing.fields[name], told[name]):
            return f"{name} is read otherwise than it was {doing}"
    thing.shown_by.append(one.id)
    return ""


def _is_gone(one: Exchange) -> bool:
    return one.response is not None and one.response.status in _GONE


def _fields(data: object) -> dict[str, object]:
    return cast("dict[str, object]", data) if isinstance(data, dict) else {}


def _schemas(system: System, one: Exchange) -> dict[str, dict[str, object]]:
    """The schemas of the fields that this endpoint answers."""
    service = system.service(one.case.service) if one.case else None
    endpoint = service.endpoint(endpoint_of(one)) if service else None
    if endpoint is None or endpoint.response is None:
        return {}
    schema = message_schema(endpoint.response)
    return cast("dict[str, dict[str, object]]", schema.get("properties", {}))


def _is_plain(value: object, schema: Mapping[str, object] | None) -> bool:
    """Whether a value has one form only."""
    return isinstance(value, bool | int | str) and not (schema or {}).get("format")


def _alike(one: object, other: object) -> bool:
    """Whether two values mean the same; of two kinds, at least one breaks the schema, as SCH001."""
    if type(one) is not type(other):
        return True
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().casefold() == other.strip().casefold()
    return one == other


RULE = Rule(
    code="STA001",
    title="What was created is read back, and what was deleted is gone",
    why="A service that says `done` and has not done it loses what people have entrusted to it.",
    source='Seed, "Data Flow": clear ownership of each data entity',
    judge=judge,
    reach=Reach.WHOLE,
)
