"""The document of a service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.derive.example import NO_EXAMPLE, example
from seamwright.contract.derive.json_schema import message_schema
from seamwright.contract.derive.openapi.messages import Messages
from seamwright.contract.derive.openapi.parameters import parameters, scheme, security
from seamwright.contract.derive.openapi.responses import Responses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.derive.json_schema import Schema
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_WORD = re.compile(r"[A-Za-z0-9]+")


def openapi(system: System, service: Service, endpoints: Iterable[Endpoint]) -> Schema:
    """The OpenAPI 3.1 document of a service, with the endpoints that are asked for.

    What OpenAPI has no words for is said in extensions: of the document `x-request-id`,
    `x-version` and `x-health`, of an operation `x-mode` and `x-rate-limit`.
    """
    asked = tuple(endpoints)
    messages = Messages(asked)
    responses = Responses(system, service, messages)
    names = _operation_names(service.endpoints)
    paths: dict[str, Schema] = {}
    for one in asked:
        operation = _operation(system, one, messages)
        paths.setdefault(one.path, {})[one.method.lower()] = {
            "operationId": names.get(one.id, one.id),
            **operation,
            "responses": responses.of(one),
        }
    used = {name for one in asked for name in one.credentials}
    version = system.version.current if system.version else "1"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": service.title,
            "version": version,
            **({"description": service.responsibility} if service.responsibility else {}),
        },
        **({"servers": [{"url": service.base_url}]} if service.base_url else {}),
        **_extensions(system, service),
        "paths": paths,
        **_components(
            schemas={
                **messages.named([paths, responses.named]),
                **dict(sorted(responses.schemas.items())),
            },
            responses=dict(sorted(responses.named.items())),
            headers=responses.headers,
            securitySchemes={
                one.name: scheme(one) for one in system.credentials if one.name in used
            },
        ),
    }


def _operation(system: System, endpoint: Endpoint, messages: Messages) -> Schema:
    operation: Schema = {"summary": endpoint.summary}
    if endpoint.deprecated:
        operation["deprecated"] = True
    operation["x-mode"] = {"mode": endpoint.mode.value, "reason": endpoint.mode_reason}
    if endpoint.rate_limit is not None:
        limit = endpoint.rate_limit
        operation["x-rate-limit"] = {"limit": limit.limit, "windowS": limit.window_s}
    if endpoint.credentials:
        operation["security"] = security(endpoint)
    found = parameters(system, endpoint, messages)
    if found:
        operation["parameters"] = found
    if endpoint.request is not None:
        said = example(message_schema(endpoint.request))
        operation["requestBody"] = {
            "required": endpoint.request_required,
            "content": {
                endpoint.request_media: {
                    "schema": messages.schema(endpoint.request),
                    **({} if said is NO_EXAMPLE else {"example": said}),
                }
            },
        }
    return operation


def _operation_names(endpoints: Iterable[Endpoint]) -> dict[str, str]:
    """Endpoint → a name that generators of clients can use: `getPetsById`."""
    names: dict[str, str] = {}
    for one in endpoints:
        words = [word[:1].upper() + word[1:] for word in _WORD.findall(one.path)]
        wanted = one.method.lower() + ("".join(words) or "Root")
        number, name = 1, wanted
        while name in names.values():
            number += 1
            name = f"{wanted}{number}"
        names[one.id] = name
    return names


def _extensions(system: System, service: Service) -> Schema:
    said: Schema = {}
    if system.request_id is not None:
        said["x-request-id"] = {
            "headers": list(system.request_id.headers),
            "pattern": system.request_id.pattern,
            "mailHeader": system.request_id.mail_header,
            "logField": system.request_id.log_field,
        }
    if system.version is not None:
        said["x-version"] = {
            "header": system.version.header,
            "current": system.version.current,
            "unsupported": system.version.unsupported,
        }
    if service.health is not None:
        said["x-health"] = {
            "path": service.health.path,
            "dependencies": list(service.health.dependencies),
            "statuses": list(service.health.statuses),
            "unhealthyStatus": service.health.unhealthy_status,
        }
    return said


def _components(**parts: dict[str, Schema]) -> Schema:
    told = {name: part for name, part in parts.items() if part}
    return {"components": told} if told else {}
