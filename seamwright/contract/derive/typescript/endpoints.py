"""What can be asked of a service, as one interface: an entry for each endpoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.derive.typescript.spelling import STEP, after, comment, key, literal, union
from seamwright.contract.message import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from seamwright.contract.derive.typescript.declarations import Declarations
    from seamwright.contract.derive.typescript.forms import Forms
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

ENDPOINT_NAMES = ("ErrorCode", "CommonErrorCode", "ERRORS", "Endpoints")
_JSON = re.compile(r".+[/+]json", re.IGNORECASE)
_INNER = STEP * 2
_NO_BODY = frozenset({204, 205, 304})


def is_json(media: str) -> bool:
    """Whether bodies of a media type are JSON."""
    return _JSON.fullmatch(media) is not None


def media_of(system: System, service: Service, endpoint: Endpoint) -> str:
    """The media type of an endpoint's success."""
    envelope = system.envelope
    exemption = envelope.exemption(service.name, endpoint.id) if envelope else None
    if exemption:
        return exemption.content_type
    if envelope is None or endpoint.response is None:
        return endpoint.response_media
    return envelope.success.content_type


def is_bare(system: System, service: Service, endpoint: Endpoint) -> bool:
    """Whether a success is outside of the envelope that the others have."""
    if system.envelope is None:
        return False
    exempt = system.envelope.exemption(service.name, endpoint.id) is not None
    return exempt or endpoint.response is None


def other_answers(
    service: Service, endpoint: Endpoint
) -> Iterator[tuple[str, type[BaseModel] | None, str]]:
    """Status, body and media type of what is neither the success nor a code.

    The worst answer of a health endpoint has another status, and is a report like the others.
    """
    health = service.health
    if health and endpoint.id == f"GET {health.path}" and health.unhealthy_status >= 400:
        yield str(health.unhealthy_status), endpoint.response, endpoint.response_media
    for one in endpoint.answers:
        yield one.status, one.body, one.media


def catalogue(system: System) -> str:
    """The error codes as a type, and what each means as a table."""
    common = [literal(one.code) for one in system.codes(None)]
    codes = [literal(one.code) for one in system.errors] or ["string"]
    lines = [
        *comment("Every code of the catalogue."),
        f"{after('export type ErrorCode =', union(codes, before=24))};",
        "",
        *comment("The codes that any endpoint may answer."),
        f"{after('export type CommonErrorCode =', union(common, before=31))};",
        "",
        *comment("The status that each code comes with, and whether trying again may help."),
        "export const ERRORS = {",
    ]
    for one in system.errors:
        lines += comment(one.meaning, STEP)
        again = "true" if one.retryable else "false"
        lines.append(f"{STEP}{key(one.code)}: {{ status: {one.status}, retryable: {again} }},")
    return "\n".join((*lines, "} as const;"))


def endpoints(system: System, service: Service, named: Declarations, envelope: Forms) -> str:
    """The interface of all endpoints."""
    lines = [
        *comment("What is sent to each endpoint, and what it answers."),
        "export interface Endpoints {",
    ]
    for one in service.endpoints:
        told = f"{one.summary}\n@deprecated" if one.deprecated else one.summary
        lines += comment(told, STEP)
        lines.append(f"{STEP}{literal(one.id)}: {{")
        lines += [
            f"{after(f'{_INNER}{name}:', text)};"
            for name, text in _entry(system, service, one, named, envelope)
        ]
        lines.append(f"{STEP}}};")
    return "\n".join((*lines, "}"))


def _entry(
    system: System, service: Service, endpoint: Endpoint, named: Declarations, envelope: Forms
) -> Iterator[tuple[str, str]]:
    response = _response(system, service, endpoint, named)
    bare = is_bare(system, service, endpoint)
    yield "path", _path(endpoint, named)
    yield "query", named.of(endpoint.query) if endpoint.query else "undefined"
    yield "headers", named.of(endpoint.headers) if endpoint.headers else "undefined"
    yield "request", _request(endpoint, named)
    yield "response", response
    yield "body", response if bare else envelope.success(response)
    yield "error", _codes(system, endpoint)
    yield "other", _other(service, endpoint, named)


def _path(endpoint: Endpoint, named: Declarations) -> str:
    if not endpoint.parameters:
        return "undefined"
    said = endpoint.path_values
    plain = [one for one in endpoint.parameters if one not in names(said)]
    rest = f"{{ {'; '.join(f'{key(one)}: string' for one in plain)} }}" if plain else ""
    return " & ".join(one for one in (named.of(said) if said else "", rest) if one)


def _request(endpoint: Endpoint, named: Declarations) -> str:
    if endpoint.request is None:
        return "undefined"
    sent = named.of(endpoint.request, _INNER) if is_json(endpoint.request_media) else _RAW
    return sent if endpoint.request_required else f"{sent} | undefined"


_RAW = 'NonNullable<NonNullable<Parameters<typeof globalThis.fetch>[1]>["body"]>'


def _response(system: System, service: Service, endpoint: Endpoint, named: Declarations) -> str:
    if endpoint.status in _NO_BODY:
        return "undefined"
    if not is_json(media_of(system, service, endpoint)):
        return "string"
    return named.of(endpoint.response, _INNER) if endpoint.response else "unknown"


def _codes(system: System, endpoint: Endpoint) -> str:
    if not system.errors:
        return "string"
    own = (literal(one.code) for one in system.codes(endpoint) if one not in system.codes(None))
    return union((*(["CommonErrorCode"] if system.everywhere else []), *own), _INNER, 7)


def _other(service: Service, endpoint: Endpoint, named: Declarations) -> str:
    parts: list[str] = []
    for status, body, media in other_answers(service, endpoint):
        told = status if status.isdigit() else "number"
        text = named.of(body, _INNER) if body else "unknown"
        shown = "undefined" if not media else text if is_json(media) else "string"
        parts.append(f"{{ status: {told}; body: {shown} }}")
    return union(parts, _INNER, 7) if parts else "never"
