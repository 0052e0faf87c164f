"""A contract as it is compared, a set or a document: one frozen value, to JSON and back.

A contract set of another git revision is loaded in a process of its own; its snapshot is what
comes over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

# A snapshot is read back from JSON by these types, so they are there when it runs.
from seamwright.contract.compare.promises import Promises, Terms
from seamwright.contract.derive.openapi import openapi
from seamwright.contract.description.document import Description  # noqa: TC001
from seamwright.contract.description.read import describe

if TYPE_CHECKING:
    from seamwright.contract.service import Service
    from seamwright.contract.system import System


@dataclass(frozen=True, slots=True)
class Surface:
    """The interface of one service.

    Attributes:
        service: its name, or the title of a document.
        whole: all that it takes and answers, as a document says it.
        bare: the same without what the promises say better: envelope, error codes, request ID and
            version. Of a document, the same as `whole`.
    """

    service: str
    whole: Description
    bare: Description


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One contract.

    Attributes:
        name: of the system, or the title of the document.
        version: that it has, or "".
        surfaces: of every service; of a document, one.
        promises: what a contract set says beyond; None for a document.
    """

    name: str
    version: str
    surfaces: tuple[Surface, ...]
    promises: Promises | None = None


def snapshot(system: System) -> Snapshot:
    """The snapshot of a contract set."""
    unwrapped = replace(system, envelope=None, everywhere=(), request_id=None, version=None)
    return Snapshot(
        name=system.name,
        version=system.version.current if system.version else "",
        surfaces=tuple(
            Surface(one.name, _described(system, one), _described(unwrapped, _uncoded(one)))
            for one in system.services
        ),
        promises=Promises(
            terms=_terms(system),
            errors=system.errors,
            edges=system.edges,
            entities=system.entities,
            recoveries=(*system.recovery, *system.failure_modes),
            envelope=system.envelope,
            request_id=system.request_id,
            version=system.version,
            health={one.name: one.health for one in system.services if one.health},
        ),
    )


def snapshot_of_document(description: Description) -> Snapshot:
    """The snapshot of an OpenAPI document."""
    surface = Surface(description.title, description, description)
    return Snapshot(description.title, description.version, (surface,))


def to_json(taken: Snapshot) -> str:
    """The snapshot as JSON."""
    return _adapter().dump_json(taken).decode()


def from_json(text: str) -> Snapshot:
    """The snapshot of which this is the JSON.

    Raises:
        ValueError: when it is no snapshot.
    """
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Snapshot]:
    return TypeAdapter(Snapshot)


def _described(system: System, service: Service) -> Description:
    return describe(openapi(system, service, service.endpoints))


def _uncoded(service: Service) -> Service:
    """A service of which the error codes are not told."""
    return replace(service, endpoints=tuple(replace(one, errors=()) for one in service.endpoints))


def _terms(system: System) -> tuple[Terms, ...]:
    return tuple(
        Terms(
            service=service.name,
            endpoint=one.id,
            codes=frozenset(error.code for error in system.codes(one)),
            rate_limit=one.rate_limit,
            mode=one.mode,
        )
        for service in system.services
        for one in service.endpoints
    )
