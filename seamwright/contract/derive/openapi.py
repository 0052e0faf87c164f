"""OpenAPI 3.1 of a service, as far as a generator of cases needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.json_schema import (
    failure_schema,
    message_schema,
    path_schemas,
    success_schema,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.derive.json_schema import Schema
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_JSON = "application/json"


def openapi(system: System, service: Service, endpoints: Iterable[Endpoint]) -> Schema:
    """The document of a service, with the endpoints that are asked for."""
    paths: dict[str, Schema] = {}
    for endpoint in endpoints:
        operation = _operation(system, service, endpoint)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    version = system.version.current if system.version else "1"
    return {
        "openapi": "3.1.0",
        "info": {"title": service.title, "version": version},
        "paths": paths,
    }


def _operation(system: System, service: Service, endpoint: Endpoint) -> Schema:
    operation: Schema = {
        "operationId": endpoint.id,
        "summary": endpoint.summary,
        "parameters": [*_path_parameters(endpoint), *_query_parameters(endpoint)],
        "responses": _responses(system, service, endpoint),
    }
    if endpoint.request is not None:
        schema = message_schema(endpoint.request)
        operation["requestBody"] = {"required": True, "content": {_JSON: {"schema": schema}}}
    return operation


def _path_parameters(endpoint: Endpoint) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in path_schemas(endpoint).items()
    ]


def _query_parameters(endpoint: Endpoint) -> list[Schema]:
    if endpoint.query is None:
        return []
    schema = endpoint.query.model_json_schema()
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": one}
        for name, one in schema.get("properties", {}).items()
    ]


def _responses(system: System, service: Service, endpoint: Endpoint) -> Schema:
    success = success_schema(system, service.name, endpoint)
    content: Schema = {_JSON: {"schema": success}} if success else {"text/html": {}}
    responses: Schema = {str(endpoint.status): {"description": "Success", "content": content}}
    failure = failure_schema(system, endpoint)
    if failure is not None and system.envelope is not None:
        kind = system.envelope.failure.content_type
        for status in sorted({one.status for one in system.codes(endpoint)}):
            content = {kind: {"schema": failure}}
            responses[str(status)] = {"description": "Failure", "content": content}
    return responses
