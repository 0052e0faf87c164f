"""What a contract set may not say: names that lead nowhere, names used twice, paths that clash."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from seamwright.contract.message import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seamwright.contract.declaration import Declaration
    from seamwright.contract.endpoint import Endpoint


def contradictions(system: Declaration) -> list[str]:
    """Every contradiction, one sentence each; empty when the parts agree."""
    return [
        *_twice("box", [*_services(system), *(one.name for one in system.dependencies)]),
        *_twice("edge", (one.name for one in system.edges)),
        *_twice("error code", (one.code for one in system.errors)),
        *_twice("entity", (one.name for one in system.entities)),
        *_twice("row", _rows(system)),
        *_edges(system),
        *_ownership(system),
        *_catalogue(system),
        *_recoveries(system),
        *_exemptions(system),
        *(
            sentence
            for service in system.services
            for endpoint in service.endpoints
            for sentence in _endpoint(system, service.name, endpoint)
        ),
        *(
            sentence
            for service in system.services
            for sentence in _twice(
                f"endpoint of {service.name}", (_nameless(one.id) for one in service.endpoints)
            )
        ),
    ]


def _nameless(endpoint: str) -> str:
    """An endpoint without the names of its parameters: those that clash are then the same."""
    return re.sub(r"\{[^}]*\}", "{}", endpoint)


def _services(system: Declaration) -> list[str]:
    return [one.name for one in system.services]


def _boxes(system: Declaration) -> set[str]:
    return {*_services(system), *(one.name for one in system.dependencies)}


def _rows(system: Declaration) -> list[str]:
    rows = [one.id for one in system.checklist]
    return rows + [one.id for one in (*system.recovery, *system.failure_modes)]


def _twice(kind: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{kind} {name!r} is declared {count} times"


def _unknown(kind: str, names: Iterable[str], known: Iterable[str], by: str) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        yield f"{by} names the unknown {kind} {name!r}"


def _edges(system: Declaration) -> Iterator[str]:
    for edge in system.edges:
        yield from _unknown("service", {edge.caller}, _services(system), f"edge {edge.name}")
        yield from _unknown("box", {edge.callee}, _boxes(system), f"edge {edge.name}")
        if edge.deadline_ms <= 0:
            yield f"edge {edge.name} has a deadline of {edge.deadline_ms} ms"


def _ownership(system: Declaration) -> Iterator[str]:
    for entity in system.entities:
        named = {entity.owner, *entity.readers, *entity.writers}
        named |= {name for pair in entity.through for name in pair}
        yield from _unknown("box", named, _boxes(system), f"entity {entity.name}")


def _catalogue(system: Declaration) -> Iterator[str]:
    codes = [one.code for one in system.errors]
    yield from _unknown("error code", system.everywhere, codes, "the list for every endpoint")
    if system.version:
        yield from _unknown("error code", {system.version.unsupported}, codes, "the version")
    for error in system.errors:
        if not 400 <= error.status <= 599:
            yield f"error code {error.code} has the status {error.status}, which is no error"


def _recoveries(system: Declaration) -> Iterator[str]:
    names = [one.name for one in system.edges]
    for row in (*system.recovery, *system.failure_modes):
        yield from _unknown("edge", row.edges, names, f"row {row.id}")


def _exemptions(system: Declaration) -> Iterator[str]:
    for one in system.envelope.exempt if system.envelope else ():
        service = system.service(one.service)
        if service is None or service.endpoint(one.endpoint) is None:
            yield f"the envelope exempts {one.service} {one.endpoint}, which does not exist"


def _endpoint(system: Declaration, service: str, endpoint: Endpoint) -> Iterator[str]:
    by = f"{service} {endpoint.id}"
    codes = [one.code for one in system.errors]
    yield from _unknown("error code", endpoint.errors, codes, by)
    entities = [one.name for one in system.entities]
    yield from _unknown("entity", endpoint.reads | endpoint.writes, entities, by)
    yield from _unknown("credential", endpoint.credentials, _credentials(system), by)
    reached = [one.callee for one in system.edges if one.caller == service]
    yield from _unknown("edge to", endpoint.calls, reached, by)
    described = names(endpoint.path_values)
    yield from _unknown("path parameter", described, endpoint.parameters, by)


def _credentials(system: Declaration) -> list[str]:
    return [one.name for one in system.credentials]
