"""Each endpoint once badly, from the contract alone: requests that must be refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.json_schema import path_schemas
from seamwright.drive.cases.case import Case
from seamwright.record.observation import CaseLabel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_NO_UUID = "not-a-uuid"
_SOME = "00000000-0000-4000-8000-000000000000"
_NO_ROUTE = "/no/such/route"
_NO_VERSION = "no-such-version"


def bad_cases(system: System) -> tuple[Case, ...]:
    """For every service an unknown route and method, for every endpoint two requests to refuse.

    One names a version that does not exist; the other is malformed, and is not sent to endpoints
    whose answers are outside of the envelope. None of the requests
    carries a request ID: the services must make one.
    """
    return tuple(case for service in system.services for case in _of_service(system, service))


def _of_service(system: System, service: Service) -> Iterator[Case]:
    yield _case(service, None, "GET", _NO_ROUTE, "a route that does not exist")
    if service.endpoints:
        path = _path(service.endpoints[0], _SOME)
        yield _case(service, None, "TRACE", path, "a method that no endpoint has")
    for endpoint in service.endpoints:
        if system.version:
            yield _unknown_version(service, endpoint, system.version.header)
        if system.envelope and system.envelope.exemption(service.name, endpoint.id):
            continue
        case = _of_endpoint(service, endpoint)
        if case is not None:
            yield case


def _unknown_version(service: Service, endpoint: Endpoint, header: str) -> Case:
    path = _path(endpoint, _SOME)
    case = _case(service, endpoint, endpoint.method, path, "a version that does not exist")
    label = replace(case.label, id=f"{case.label.id}-version")
    return replace(case, label=label, headers=(*case.headers, (header, _NO_VERSION)))


def _of_endpoint(service: Service, endpoint: Endpoint) -> Case | None:
    good = _path(endpoint, _SOME)
    if endpoint.request is not None:
        return _case(service, endpoint, endpoint.method, good, "a body that is not JSON", b"{")
    if any(one.get("format") == "uuid" for one in path_schemas(endpoint).values()):
        bad = _path(endpoint, _NO_UUID)
        return _case(service, endpoint, endpoint.method, bad, "a path parameter that is no UUID")
    if endpoint.credentials:
        reason = "no credential"
        return _case(service, endpoint, endpoint.method, good, reason, known=False)
    return None


def _path(endpoint: Endpoint, value: str) -> str:
    path = endpoint.path
    for name, schema in path_schemas(endpoint).items():
        choices = cast("list[object]", schema.get("enum", [value]))
        path = path.replace("{" + name + "}", str(choices[0]))
    return path


def _case(  # noqa: PLR0913 - the parts of a request
    service: Service,
    endpoint: Endpoint | None,
    method: str,
    target: str,
    reason: str,
    body: bytes = b"",
    *,
    known: bool = True,
) -> Case:
    name = endpoint.id if endpoint else reason
    label = CaseLabel(
        f"bad-{service.name}-{_slug(name)}",
        service.name,
        endpoint.id if endpoint else None,
        Purpose.BAD,
        reason,
        request_id=None,
        valid=False,
    )
    headers = (("content-type", "application/json"),) if body else ()
    credentials = endpoint.credentials if endpoint else _any_credential(service)
    credential = next(iter(credentials), None) if known else None
    return Case(label, method, target, headers, body, credential)


def _any_credential(service: Service) -> tuple[str, ...]:
    return next((one.credentials for one in service.endpoints if one.credentials), ())


def _slug(text: str) -> str:
    return "".join(one if one.isalnum() else "-" for one in text).strip("-")
