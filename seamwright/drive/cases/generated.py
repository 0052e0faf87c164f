"""Cases that Schemathesis generates: the same for the same contract."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlencode

import schemathesis
from schemathesis.core import NotSet
from schemathesis.generation import GenerationMode

from seamwright.contract.derive.openapi import openapi
from seamwright.drive.cases.case import Case
from seamwright.record.observation import CaseLabel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemathesis.generation.meta import CaseMetadata

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_NOT_SENDABLE = re.compile(r"[\x00-\x20\x7f-\uffff]")


class _Generated(Protocol):
    """What we read of a case of Schemathesis, whose own class is generic and unbound."""

    method: str
    body: object
    media_type: str | None
    meta: CaseMetadata | None

    @property
    def formatted_path(self) -> str: ...
    @property
    def query(self) -> Mapping[str, object] | None: ...
    @property
    def headers(self) -> Mapping[str, object] | None: ...


def generated_cases(
    system: System, service: Service, endpoint: Endpoint, limit: int
) -> tuple[Case, ...]:
    """At most `limit` coverage cases of one endpoint, positive and negative, in the order given."""
    document = openapi(_plain(system), service, [replace(endpoint, credentials=())])
    schema = schemathesis.openapi.from_dict(document)
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    cases: list[Case] = []
    made = schema.iter_coverage_cases(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - generic
        operation=schema[endpoint.path][endpoint.method],
        generation_modes=modes,
        generation_config=schema.config.generation,
    )
    for one in cast("Iterable[_Generated]", made):
        if len(cases) == limit:
            break
        cases.extend(_case(service, endpoint, one, len(cases) + 1))
    return tuple(cases)


def _plain(system: System) -> System:
    """The system without what cases of their own are made for: request ID and version."""
    return replace(system, envelope=None, request_id=None, version=None)


def _case(service: Service, endpoint: Endpoint, one: _Generated, number: int) -> Iterator[Case]:
    """The case as we send it; what needs a raw socket to be sent is left out."""
    target = one.formatted_path
    query = [(name, _text(value)) for name, value in (one.query or {}).items()]
    if query:
        target += "?" + urlencode(query)
    if _NOT_SENDABLE.search(target):
        return
    ours = one.method == endpoint.method
    # Another method on the same path may be another endpoint, and is judged as that.
    found = endpoint if ours else service.find(one.method, target.partition("?")[0])
    body = b""
    headers = tuple((name.lower(), _text(value)) for name, value in (one.headers or {}).items())
    if endpoint.request is not None and not isinstance(one.body, NotSet):
        body = json.dumps(one.body).encode()
        if not any(name == "content-type" for name, _ in headers):
            headers = (*headers, ("content-type", one.media_type or "application/json"))
    positive = one.meta is not None and one.meta.generation.mode is GenerationMode.POSITIVE
    label = CaseLabel(
        f"generated-{service.name}-{number}",
        service.name,
        found.id if found else None,
        Purpose.GENERATED,
        f"coverage: {'positive' if positive else 'negative'}",
        request_id=None,
        valid=positive and ours,
    )
    yield Case(label, one.method, target, headers, body, next(iter(endpoint.credentials), None))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
