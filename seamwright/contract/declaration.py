"""A whole contract set, as it is declared: all its parts, not yet held against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seamwright.contract.checklist import CHECKLIST
from seamwright.contract.request_id import RequestId

if TYPE_CHECKING:
    from seamwright.contract.credential import Credential
    from seamwright.contract.edge import Edge
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.envelope import Envelope
    from seamwright.contract.error import ErrorCode
    from seamwright.contract.ownership import Entity
    from seamwright.contract.recovery import Recovery
    from seamwright.contract.requirement import Requirement
    from seamwright.contract.service import Dependency, Service
    from seamwright.contract.version import Version


@dataclass(frozen=True)
class Declaration:
    """Services, dependencies, the edges between them, and all that they promise.

    Attributes:
        name: of the system.
        services: the boxes that are judged.
        dependencies: the boxes that they call.
        edges: every allowed arrow.
        envelope: how answers are wrapped; None where a system declares none.
        errors: the closed catalogue of error codes.
        everywhere: codes that any endpoint of any service may answer.
        request_id: names and form of the request ID; None where there is none.
        version: the versioning strategy, or None.
        credentials: the kinds of callers.
        entities: the ownership matrix.
        recovery: the recovery table.
        failure_modes: the failure modes.
        checklist: the rows that hold for any system, unless replaced.
    """

    name: str
    services: tuple[Service, ...]
    dependencies: tuple[Dependency, ...] = ()
    edges: tuple[Edge, ...] = ()
    envelope: Envelope | None = None
    errors: tuple[ErrorCode, ...] = ()
    everywhere: tuple[str, ...] = ()
    request_id: RequestId | None = field(default_factory=RequestId)
    version: Version | None = None
    credentials: tuple[Credential, ...] = ()
    entities: tuple[Entity, ...] = ()
    recovery: tuple[Recovery, ...] = ()
    failure_modes: tuple[Recovery, ...] = ()
    checklist: tuple[Requirement, ...] = CHECKLIST

    def service(self, name: str) -> Service | None:
        """The service with this name, if there is one."""
        return next((one for one in self.services if one.name == name), None)

    def edge(self, name: str) -> Edge | None:
        """The edge `caller→callee`, if it is allowed."""
        return next((one for one in self.edges if one.name == name), None)

    def credential(self, name: str) -> Credential | None:
        """The credential with this name, if there is one."""
        return next((one for one in self.credentials if one.name == name), None)

    def error(self, code: str) -> ErrorCode | None:
        """The entry of the catalogue, if there is one."""
        return next((one for one in self.errors if one.code == code), None)

    def codes(self, endpoint: Endpoint | None) -> tuple[ErrorCode, ...]:
        """The errors that this endpoint may answer; with None, those that any may."""
        own = endpoint.errors if endpoint else ()
        names = {*self.everywhere, *own}
        return tuple(one for one in self.errors if one.code in names)
