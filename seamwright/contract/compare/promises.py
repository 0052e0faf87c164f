"""What a contract set says beyond any OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass, field

# A snapshot is read back from JSON by these types, so they are there when it runs.
from seamwright.contract.edge import Edge, Mode  # noqa: TC001
from seamwright.contract.envelope import Envelope  # noqa: TC001
from seamwright.contract.error import ErrorCode  # noqa: TC001
from seamwright.contract.health import Health
from seamwright.contract.ownership import Entity  # noqa: TC001
from seamwright.contract.rate_limit import RateLimit  # noqa: TC001
from seamwright.contract.recovery import Recovery  # noqa: TC001
from seamwright.contract.request_id import RequestId  # noqa: TC001
from seamwright.contract.version import Version  # noqa: TC001


@dataclass(frozen=True, slots=True)
class Terms:
    """What is promised of one endpoint.

    Attributes:
        service: whose endpoint it is.
        endpoint: `METHOD /path/template`.
        codes: the error codes that it may answer, those of every endpoint included.
        rate_limit: how often it may be called, or None.
        mode: whether its answer means done, or accepted.
    """

    service: str
    endpoint: str
    codes: frozenset[str]
    rate_limit: RateLimit | None
    mode: Mode


@dataclass(frozen=True, slots=True)
class Promises:
    """All that only a contract set says.

    Attributes:
        terms: of every endpoint.
        errors: the catalogue.
        edges: every allowed arrow.
        entities: the ownership matrix.
        recoveries: the rows of the recovery table and of the failure modes.
        envelope: how answers are wrapped, or None.
        request_id: the request ID, or None.
        version: the versioning strategy, or None.
        health: service → how it says how it does.
    """

    terms: tuple[Terms, ...] = ()
    errors: tuple[ErrorCode, ...] = ()
    edges: tuple[Edge, ...] = ()
    entities: tuple[Entity, ...] = ()
    recoveries: tuple[Recovery, ...] = ()
    envelope: Envelope | None = None
    request_id: RequestId | None = None
    version: Version | None = None
    health: dict[str, Health] = field(default_factory=dict[str, Health])
