"""Provocations that the contract alone tells: what every endpoint must refuse, and with what.

    401   nobody asks                  404   a path parameter that nothing has
    403   somebody else asks           413   a body of one mebibyte
    415   the body says it is text     400, 422   a body, path or query that is not as declared

An unknown route, method and version come once for each service, from `bad`; 429 from a burst.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from jsonschema_rs import validator_for

from seamwright.contract.derive.json_schema import message_schema, path_schemas
from seamwright.drive.cases.case import step_case
from seamwright.drive.cases.wellformed import unknown_path, well_step
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.error import ErrorCode
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.conformance import Conformance
    from seamwright.drive.cases.step import Step

_LARGE = 1 << 20
_NO_UUID = "not-a-uuid"
_NO_NUMBER = "not-a-number"
_WRONG_BODIES: tuple[object, ...] = ({}, [], "text", {"no-such-member": 1})
_ID = "provoked"


@dataclass(frozen=True, slots=True)
class _Door:
    """An endpoint, its well-formed step and the values that were kept."""

    system: System
    service: Service
    endpoint: Endpoint
    step: Step
    kept: Mapping[str, str]

    def well(self, code: str, reason: str) -> Case:
        """The well-formed request, meant to be spoilt."""
        return _told(self, code, reason, self.step)


def derived_cases(
    system: System, conformance: Conformance, kept: Mapping[str, str], known: frozenset[str]
) -> tuple[Case, ...]:
    """A case or more for each generic code that an endpoint declares and the team left to us.

    Args:
        system: the contract set.
        conformance: the team's own words.
        kept: what its journey kept.
        known: the credentials whose values the harness has.
    """
    told = {
        (one.request.service, one.request.endpoint, one.code) for one in conformance.provocations
    }
    made: list[Case] = []
    for service in system.services:
        for endpoint in service.endpoints:
            if system.envelope and system.envelope.exemption(service.name, endpoint.id):
                continue
            door = _door(system, conformance, kept, service, endpoint)
            for code in _own(system, endpoint):
                if (service.name, endpoint.id, code.code) not in told:
                    made += _of_code(door, code, known)
        made += _for_all(system, service, conformance, kept)
    return tuple(
        replace(one, label=replace(one.label, id=f"{_ID}-{number}"))
        for number, one in enumerate(made, 1)
    )


def refused_case(
    system: System,
    conformance: Conformance,
    kept: Mapping[str, str],
    service: Service,
    endpoint: Endpoint,
) -> Case | None:
    """A request that the contract refuses for what it says, so that it changes nothing."""
    door = _door(system, conformance, kept, service, endpoint)
    return next(_not_as_declared(door, ""), None)


def _door(
    system: System,
    conformance: Conformance,
    kept: Mapping[str, str],
    service: Service,
    endpoint: Endpoint,
) -> _Door:
    step = well_step(system, conformance.journey, kept, service.name, endpoint)
    return _Door(system, service, endpoint, step, kept)


def _own(system: System, endpoint: Endpoint) -> tuple[ErrorCode, ...]:
    names = set(endpoint.errors) - set(system.everywhere)
    return tuple(one for one in system.errors if one.code in names)


def _of_code(door: _Door, code: ErrorCode, known: frozenset[str]) -> Iterator[Case]:
    endpoint = door.endpoint
    match code.status:
        case 401 if endpoint.credentials:
            yield replace(door.well(code.code, "nobody asks"), credential=None)
        case 403:
            for other in sorted(known - set(endpoint.credentials)):
                yield replace(door.well(code.code, f"{other} asks"), credential=other)
        case 404 if endpoint.parameters:
            step = replace(door.step, path=unknown_path(endpoint))
            yield _told(door, code.code, "a path parameter that nothing has", step)
        case 413 if endpoint.request is not None:
            yield _large(door.well(code.code, "a large body"))
        case 415 if endpoint.request is not None:
            case = door.well(code.code, "a body that says it is text")
            yield replace(case, headers=_with_type(case, "text/plain"))
        case 400 | 422:
            yield from _not_as_declared(door, code.code)
        case _:
            return


def _for_all(
    system: System, service: Service, conformance: Conformance, kept: Mapping[str, str]
) -> Iterator[Case]:
    """What any endpoint may answer, once for the service."""
    everywhere = [one for one in system.errors if one.code in system.everywhere]
    taking = [
        one
        for one in service.endpoints
        if one.request is not None
        and not (system.envelope and system.envelope.exemption(service.name, one.id))
    ]
    for code in everywhere:
        if code.status == 413 and taking:
            door = _door(system, conformance, kept, service, taking[0])
            yield _large(door.well(code.code, "a large body"))


def _not_as_declared(door: _Door, code: str) -> Iterator[Case]:
    """A body, a path and a query, each proven to be other than the contract says."""
    endpoint = door.endpoint
    if endpoint.request is not None:
        valid = validator_for(message_schema(endpoint.request)).is_valid
        wrong = next((one for one in _WRONG_BODIES if not valid(one)), None)
        if wrong is not None:
            case = door.well(code, "a body that is not as declared")
            yield replace(case, body=json.dumps(wrong).encode())
        case = door.well(code, "a body that is not JSON")
        yield replace(case, body=b"{")
    uuids = [name for name, one in path_schemas(endpoint).items() if one.get("format") == "uuid"]
    if uuids:
        step = replace(door.step, path={**unknown_path(endpoint), uuids[0]: _NO_UUID})
        yield _told(door, code, "a path parameter that is no UUID", step)
    number = _number_parameter(endpoint)
    if number:
        step = replace(door.step, query={**door.step.query, number: _NO_NUMBER})
        yield _told(door, code, f"{number} is no number", step)
    elif endpoint.query is not None and message_schema(endpoint.query).get("required"):
        yield _told(door, code, "no query", replace(door.step, query={}))


def _number_parameter(endpoint: Endpoint) -> str:
    """A query parameter that must be a whole number, or ""."""
    schema = message_schema(endpoint.query) if endpoint.query else {}
    properties = cast("dict[str, dict[str, object]]", schema.get("properties", {}))
    return next((name for name, one in properties.items() if one.get("type") == "integer"), "")


def _told(door: _Door, code: str, reason: str, step: Step) -> Case:
    said = f"{code}: {reason}"
    case = step_case(door.system, step, door.kept, _ID, Purpose.PROVOKED, said)
    # No request ID is sent: the services must make one.
    headers = tuple(one for one in case.headers if one[0] == "content-type")
    label = replace(case.label, request_id=None, valid=False)
    return replace(case, label=label, headers=headers)


def _large(case: Case) -> Case:
    return replace(case, body=b'"' + b"x" * _LARGE + b'"')


def _with_type(case: Case, kind: str) -> tuple[tuple[str, str], ...]:
    rest = tuple(one for one in case.headers if one[0] != "content-type")
    return (*rest, ("content-type", kind))
