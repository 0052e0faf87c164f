"""What a request brings beside its body: path, query, headers, and who sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from seamwright.contract.credential import Credential
    from seamwright.contract.derive.json_schema import Schema
    from seamwright.contract.derive.openapi.messages import Messages
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System

_HTTP_SCHEMES = {"bearer", "basic"}


def parameters(system: System, endpoint: Endpoint, messages: Messages) -> list[Schema]:
    """All parameters of an endpoint."""
    own = [
        *_path(endpoint, messages),
        *_listed("query", endpoint.query, messages),
        *_listed("header", endpoint.headers, messages),
    ]
    headers = {str(one["name"]).lower() for one in own if one["in"] == "header"}
    return [*own, *(one for one in _of_the_system(system) if one["name"] not in headers)]


def _path(endpoint: Endpoint, messages: Messages) -> Iterator[Schema]:
    properties, _ = messages.properties(endpoint.path_values)
    plain: Schema = {"type": "string", "minLength": 1}
    for name in endpoint.parameters:
        yield _parameter("path", name, properties.get(name, plain), required=True)


def _listed(place: str, model: type[BaseModel] | None, messages: Messages) -> Iterator[Schema]:
    properties, required = messages.properties(model)
    for name, schema in properties.items():
        yield _parameter(place, name, schema, required=name in required)


def _parameter(place: str, name: str, schema: Schema, *, required: bool) -> Schema:
    """A parameter; what its schema says for people is said of the parameter."""
    made: Schema = {"name": name, "in": place}
    if "description" in schema:
        made["description"] = schema["description"]
    if required:
        made["required"] = True
    if schema.get("deprecated") is True:
        made["deprecated"] = True
    bare = {key: one for key, one in schema.items() if key not in ("description", "deprecated")}
    return {**made, "schema": bare}


def _of_the_system(system: System) -> Iterator[Schema]:
    if system.request_id is not None:
        yield {
            "name": system.request_id.headers[0],
            "in": "header",
            "description": "ID of the request; a new one where it is missing or ill formed.",
            # Whatever is sent is answered, so nothing else than a string may be said here.
            "schema": {"type": "string"},
        }
    if system.version is not None:
        yield {
            "name": system.version.header,
            "in": "header",
            "description": "Pins the version; the current one where it is missing.",
            "schema": {"type": "string", "enum": [system.version.current]},
        }


def security(endpoint: Endpoint) -> list[Schema]:
    """The credentials of which one is demanded; none where anyone is let in."""
    return [{name: []} for name in endpoint.credentials]


def scheme(credential: Credential) -> Schema:
    """How a credential is shown."""
    kind = credential.scheme.lower()
    told = f"Held by {credential.name}."
    if credential.header == "authorization" and kind in _HTTP_SCHEMES:
        return {"type": "http", "scheme": kind, "description": told}
    if credential.scheme:
        told += f" The value begins with {credential.scheme!r} and a space."
    return {"type": "apiKey", "in": "header", "name": credential.header, "description": told}
