"""What an endpoint answers: its success, a named response for every error code, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.example import NO_EXAMPLE, example
from seamwright.contract.derive.json_schema import enveloped, success_schema
from seamwright.contract.derive.openapi.messages import FOLDER
from seamwright.contract.envelope import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.derive.json_schema import Schema
    from seamwright.contract.derive.openapi.messages import Messages
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.error import ErrorCode
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_NO_BODY = {204, 205, 304}
_HEADERS = "#/components/headers/"
_RESPONSES = "#/components/responses/"


@dataclass
class Responses:
    """The answers of a service's endpoints, and the named parts that they share.

    Attributes:
        named: `components.responses`: error code, or codes of one status → response.
        schemas: `components.schemas` of failures: `Failure.CODE` → schema.
        headers: `components.headers`.
    """

    system: System
    service: Service
    messages: Messages
    named: dict[str, Schema] = field(default_factory=dict[str, "Schema"])
    schemas: dict[str, Schema] = field(default_factory=dict[str, "Schema"])
    headers: dict[str, Schema] = field(default_factory=dict[str, "Schema"])

    def of(self, endpoint: Endpoint) -> Schema:
        """Status → response, the success first."""
        told: dict[str, list[Schema]] = {}
        for status, response in (
            *self._success(endpoint),
            *self._failures(endpoint),
            *self._answers(endpoint),
            *self._unhealthy(endpoint),
        ):
            told.setdefault(status, []).append(response)
        return {status: self._merged(several) for status, several in told.items()}

    def _success(self, endpoint: Endpoint) -> Iterator[tuple[str, Schema]]:
        media = _media(self.system, self.service, endpoint)
        response: Schema = {"description": "Success.", "headers": self._common_headers()}
        schema = self._success_schema(endpoint)
        if schema is not None:
            said = success_schema(self.system, self.service.name, endpoint)
            response["content"] = {media: {"schema": schema, **_example(said)}}
        elif media and endpoint.status not in _NO_BODY:
            response["content"] = {media: {}}
        if endpoint.other_media:
            told = cast("Schema", response.get("content", {}))
            response["content"] = {**{one: {} for one in endpoint.other_media}, **told}
        yield str(endpoint.status), response

    def _success_schema(self, endpoint: Endpoint) -> Schema | None:
        if endpoint.response is None:
            return None
        place = self.messages.schema(endpoint.response)
        envelope = self.system.envelope
        if envelope is None or envelope.exemption(self.service.name, endpoint.id):
            return place
        data = envelope.success.member(Role.DATA)
        if data is not None and data.at == "" and len(envelope.success.members) > 1:
            # Members of the envelope stand among those of the message, which is closed by itself.
            place = self.messages.definition(endpoint.response)
        return _bare(enveloped(self.system, envelope.success, data=place, codes=(), failed=False))

    def _failures(self, endpoint: Endpoint) -> Iterator[tuple[str, Schema]]:
        by_status: dict[int, list[ErrorCode]] = {}
        for one in sorted(self.system.codes(endpoint), key=lambda code: code.code):
            by_status.setdefault(one.status, []).append(one)
        for status, codes in sorted(by_status.items()):
            yield str(status), {"$ref": _RESPONSES + self._name(status, codes)}

    def _name(self, status: int, codes: list[ErrorCode]) -> str:
        """The name of the response that is one of these codes; it is made where it is new."""
        name = ".".join(sorted(one.code for one in codes))
        if name in self.named:
            return name
        told = [f"`{one.code}`: {one.meaning}" for one in codes]
        headers = self._common_headers()
        if status == 429:
            headers["Retry-After"] = self._header("Retry-After", _RETRY_AFTER)
        if status == 405:
            headers["Allow"] = self._header("Allow", _ALLOW)
        response: Schema = {"description": " ".join(told), "headers": headers}
        if self.system.envelope is not None:
            form = self.system.envelope.failure
            # Only where an answer says its code is it one of these and no other.
            either = "oneOf" if form.member(Role.CODE) else "anyOf"
            places = [{"$ref": FOLDER + self._failure(one)} for one in codes]
            examples = {one.code: {"value": value} for one in codes for value in self._told(one)}
            response["content"] = {
                form.content_type: {
                    "schema": places[0] if len(places) == 1 else {either: places},
                    **({"examples": examples} if examples else {}),
                }
            }
        self.named[name] = response
        return name

    def _failure(self, code: ErrorCode) -> str:
        """The name of the schema of a failure with this code."""
        name = f"Failure.{code.code}"
        if name not in self.schemas and self.system.envelope is not None:
            form = self.system.envelope.failure
            made = enveloped(self.system, form, data={}, codes=(code,), failed=True)
            self.schemas[name] = _bare(made)
        return name

    def _told(self, code: ErrorCode) -> Iterator[object]:
        """An example of a failure with this code, its message in the catalogue's words."""
        made = example(self.schemas[f"Failure.{code.code}"])
        member = self.system.envelope and self.system.envelope.failure.member(Role.MESSAGE)
        if made is NO_EXAMPLE:
            return
        here = made
        for step in member.path[:-1] if member else ():
            here = cast("Schema", here)[step]
        if member and member.path and isinstance(here, dict):
            cast("Schema", here)[member.path[-1]] = code.meaning
        yield made

    def _answers(self, endpoint: Endpoint) -> Iterator[tuple[str, Schema]]:
        for one in endpoint.answers:
            response: Schema = {"description": one.meaning, "headers": self._common_headers()}
            if one.body is not None:
                response["content"] = {one.media: {"schema": self.messages.schema(one.body)}}
            elif one.media:
                response["content"] = {one.media: {}}
            yield one.status, response

    def _unhealthy(self, endpoint: Endpoint) -> Iterator[tuple[str, Schema]]:
        """The other answer of a health endpoint, unless it is said among its answers."""
        health = self.service.health
        if health is None or endpoint.id != f"GET {health.path}" or endpoint.response is None:
            return
        if any(one.covers(health.unhealthy_status) for one in endpoint.answers):
            return
        media = _media(self.system, self.service, endpoint)
        content: Schema = {media: {"schema": self.messages.schema(endpoint.response)}}
        told = f"The service is {health.statuses[-1]}."
        response: Schema = {"description": told, "headers": self._common_headers()}
        yield str(health.unhealthy_status), {**response, "content": content}

    def _common_headers(self) -> Schema:
        """The headers that every answer has."""
        headers: Schema = {}
        if self.system.request_id is not None:
            pattern = f"^(?:{self.system.request_id.pattern})$"
            schema: Schema = {"type": "string", "pattern": pattern}
            name = self.system.request_id.headers[0]
            headers[name] = self._header(name, _promised("ID of the request.", schema))
        if self.system.version is not None:
            schema = {"type": "string", "const": self.system.version.current}
            name = self.system.version.header
            headers[name] = self._header(name, _promised("Version that answered.", schema))
        return headers

    def _header(self, name: str, header: Schema) -> Schema:
        self.headers[name] = header
        return {"$ref": _HEADERS + name}

    def _merged(self, several: list[Schema]) -> Schema:
        """One response for all that share a status."""
        if len(several) == 1:
            return several[0]
        found = [self._followed(one) for one in several]
        content: dict[str, list[Schema]] = {}
        for one in found:
            for media, told in cast("dict[str, Schema]", one.get("content", {})).items():
                content.setdefault(media, []).append(told)
        headers = {
            name: header
            for one in found
            for name, header in cast("Schema", one.get("headers", {})).items()
        }
        merged: Schema = {"description": " ".join(str(one["description"]) for one in found)}
        return {
            **merged,
            "headers": headers,
            "content": {media: _either(told) for media, told in content.items()},
        }

    def _followed(self, response: Schema) -> Schema:
        reference = response.get("$ref")
        return self.named[str(reference).removeprefix(_RESPONSES)] if reference else response


def _media(system: System, service: Service, endpoint: Endpoint) -> str:
    """The media type of a success."""
    if system.envelope is None:
        return endpoint.response_media
    exemption = system.envelope.exemption(service.name, endpoint.id)
    return exemption.content_type if exemption else system.envelope.success.content_type


def _either(several: list[Schema]) -> Schema:
    """One media type object for several that share it."""
    schemas = [one.get("schema", {}) for one in several]
    return several[0] if len(schemas) == 1 else {"schema": {"anyOf": schemas}}


def _bare(schema: Schema) -> Schema:
    """A schema as a part of a document, which says the dialect itself."""
    return {key: value for key, value in schema.items() if key != "$schema"}


def _example(schema: Schema | None) -> Schema:
    made = NO_EXAMPLE if schema is None else example(schema)
    return {} if made is NO_EXAMPLE else {"example": made}


def _promised(description: str, schema: Schema) -> Schema:
    return {"description": description, "required": True, "schema": schema}


_RETRY_AFTER = _promised(
    "Whole seconds after which the request is let in again.", {"type": "integer", "minimum": 0}
)
_ALLOW = _promised("The methods that there are.", {"type": "string"})
