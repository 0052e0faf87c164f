"""Things that are created, read, changed and deleted, and lists that come in pages.

    POST /notes  ── id ──▶ GET /notes/{id} ─▶ PATCH /notes/{id} ─▶ DELETE /notes/{id}
    GET /notes?cursor=…  ◀── nextCursor ── the page before

Both are derived from the contract where it tells them: a path's last parameter that is a field of
what the path before it creates, and a query parameter whose next value is a field of the answer.
A team declares with `Walk` what cannot be derived.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.json_schema import message_schema
from seamwright.drive.cases.wellformed import derived_step, well_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.drive.cases.step import Step

_ITEM = "walked_item"
_SIZES = frozenset({"limit", "size", "pagesize", "perpage", "count", "maxresults"})


@dataclass(frozen=True, slots=True)
class Walk:
    """The life of one thing; a step that is None is not offered.

    Attributes:
        create: makes it, and keeps what the later steps need.
        read: shows it.
        change: changes it.
        delete: takes it away.
    """

    create: Step
    read: Step | None = None
    change: Step | None = None
    delete: Step | None = None

    @property
    def name(self) -> str:
        """For people: who is asked to create it."""
        return f"{self.create.service} {self.create.endpoint}"


@dataclass(frozen=True, slots=True)
class Pages:
    """A list that comes in pages.

    Attributes:
        step: asks for a page.
        cursor: the query parameter that says where a page begins.
        following: the field of an answer that has the next page's cursor.
        size: the query parameter that says how long a page is, or "".
        most: the longest page that may be asked for, 0 where that is not said.
    """

    step: Step
    cursor: str
    following: str
    size: str = ""
    most: int = 0

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.step.service} {self.step.endpoint}"


def walks(
    system: System, journey: Sequence[Step], declared: Sequence[Walk], kept: Mapping[str, str]
) -> tuple[Walk, ...]:
    """The declared walks, and those that the contract tells beside them."""
    known = {(one.create.service, one.create.endpoint) for one in declared}
    derived = [
        walk
        for service in system.services
        for create in service.endpoints
        if create.method == "POST" and (service.name, create.id) not in known
        for walk in _walk(system, journey, kept, service, create)
    ]
    return (*declared, *derived)


def pages(system: System) -> tuple[Pages, ...]:
    """Every list of the contract that comes in pages."""
    return tuple(
        found
        for service in system.services
        for endpoint in service.endpoints
        if endpoint.method == "GET"
        for found in _pages(service, endpoint)
    )


def _walk(
    system: System,
    journey: Sequence[Step],
    kept: Mapping[str, str],
    service: Service,
    create: Endpoint,
) -> Iterator[Walk]:
    """The walk that begins with this endpoint; none where nothing leads on from it."""
    fields = _fields(create)
    for item in service.endpoints:
        if item.path.rpartition("/")[0] != create.path or len(item.parameters) != 1:
            continue
        (name,) = item.parameters
        if item.path != f"{create.path}/{{{name}}}" or name not in fields:
            continue
        same = [one for one in service.endpoints if one.path == item.path]
        steps = {
            one.method: replace(
                well_step(system, journey, kept, service.name, one),
                path={name: f"{{{_ITEM}}}"},
                keep={},
            )
            for one in same
        }
        made = well_step(system, journey, kept, service.name, create)
        yield Walk(
            replace(made, keep={_ITEM: f"/{name}"}),
            steps.get("GET"),
            steps.get("PATCH") or steps.get("PUT"),
            steps.get("DELETE"),
        )
        return


def _pages(service: Service, endpoint: Endpoint) -> Iterator[Pages]:
    asked = _query(endpoint)
    for field, schema in _fields(endpoint).items():
        following = _plain(field)
        if schema.get("type") != "string" or not following.startswith("next"):
            continue
        cursor = next((one for one in asked if _plain(one) == following[len("next") :]), None)
        if cursor is None:
            continue
        size = next(
            (
                name
                for name, one in asked.items()
                if _plain(name) in _SIZES and one.get("type") == "integer"
            ),
            "",
        )
        most = asked[size].get("maximum", 0) if size else 0
        step = derived_step(service.name, endpoint)
        if not endpoint.parameters:
            yield Pages(step, cursor, field, size, int(cast("int", most)))
        return


def _plain(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum())


def _query(endpoint: Endpoint) -> dict[str, dict[str, object]]:
    schema = message_schema(endpoint.query) if endpoint.query else {}
    return cast("dict[str, dict[str, object]]", schema.get("properties", {}))


def _fields(endpoint: Endpoint) -> dict[str, dict[str, object]]:
    """The fields of a success's data."""
    schema = message_schema(endpoint.response) if endpoint.response else {}
    found = cast("dict[str, object]", schema.get("properties", {}))
    return {
        name: cast("dict[str, object]", one) for name, one in found.items() if isinstance(one, dict)
    }
