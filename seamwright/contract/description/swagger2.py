"""Swagger 2.0: parameters, bodies, answers and security schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.description.document import Body, Content, Parameter, Response, Scheme
from seamwright.contract.description.document_source import shown
from seamwright.contract.description.placed import headers, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.description.document import Schema
    from seamwright.contract.description.document_source import Source
    from seamwright.contract.description.operations import Fields
    from seamwright.contract.description.schema_reading import Schemas

_JSON = "application/json"
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_STYLES = {"query": "form", "path": "simple", "header": "simple"}
_COLLECTIONS = {"ssv": "spaceDelimited", "pipes": "pipeDelimited"}
_NO_SCHEMA = frozenset(
    {"name", "in", "required", "description", "collectionFormat", "allowEmptyValue"}
)
"""Members of a parameter that are no keywords of its value; `description` stays with it."""


class Swagger2:
    """Reads what Swagger 2.0 says in its own way."""

    def __init__(self, source: Source, schemas: Schemas) -> None:
        """Read from `source`, its schemas by `schemas`."""
        self._source = source
        self._schemas = schemas

    def parameter(self, fields: Fields, pointer: str) -> Parameter | None:
        """One parameter; those of the body are read as one."""
        if fields.get("in") in ("body", "formData"):
            return None
        found = placed(self._source, fields, pointer, _STYLES)
        return None if found is None else self._valued(*found, fields, pointer)

    def _valued(self, place: str, name: str, fields: Fields, pointer: str) -> Parameter:
        source = self._source
        collection = source.text(fields, "collectionFormat", pointer) or "csv"
        if collection not in {"csv", "multi", *_COLLECTIONS}:
            source.note(pointer, f"lists are written as {shown(collection)}: taken for csv")
        return Parameter(
            place=place,
            name=name.lower() if place == "header" else name,
            required=source.flag(fields, "required", pointer) or place == "path",
            schema=self._value(fields, pointer),
            description=source.text(fields, "description", pointer),
            style=_COLLECTIONS.get(collection, _STYLES[place]),
            # A single value is written the same either way, and 3.x says `form` explodes.
            explode=collection == "multi" or (place == "query" and fields.get("type") != "array"),
        )

    def _value(self, fields: Fields, pointer: str) -> Schema:
        """The schema of a value that is described in place."""
        told = {key: value for key, value in fields.items() if key not in _NO_SCHEMA}
        return self._schemas.schema(told, pointer)

    def body(self, operation: Fields, inputs: list[tuple[Fields, str]], at: str) -> Body | None:
        """What an operation takes: one parameter in its body, or fields of a form."""
        bodies = [one for one in inputs if one[0].get("in") == "body"]
        forms = [one for one in inputs if one[0].get("in") == "formData"]
        if len(bodies) > 1 or (bodies and forms):
            self._source.note(at, "several bodies: the first is taken")
        if bodies:
            fields, pointer = bodies[0]
            schema = self._schemas.schema(fields.get("schema", {}), f"{pointer}/schema")
            kinds = self._media(operation, "consumes", at) or (_JSON,)
            return Body(
                contents=tuple(Content(one, schema) for one in kinds),
                required=self._source.flag(fields, "required", pointer),
                description=self._source.text(fields, "description", pointer),
            )
        return self._form(operation, forms, at) if forms else None

    def _form(self, operation: Fields, inputs: list[tuple[Fields, str]], at: str) -> Body:
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for fields, pointer in inputs:
            name = self._source.text(fields, "name", pointer)
            properties[name] = self._value(fields, pointer)
            if self._source.flag(fields, "required", pointer):
                required.append(name)
        schema: Schema = {"type": "object", "properties": properties}
        if required:
            schema["required"] = required
        files = any(one.get("type") == "file" for one, _ in inputs)
        told = self._media(operation, "consumes", at)
        kinds = tuple(one for one in told if one in {_FORM, _MULTIPART})
        default = (_MULTIPART,) if files else (_FORM,)
        return Body(tuple(Content(one, schema) for one in kinds or default), bool(required))

    def response(self, status: str, fields: Fields, pointer: str, operation: Fields) -> Response:
        """One answer."""
        contents: tuple[Content, ...] = ()
        if "schema" in fields:
            schema = self._schemas.schema(fields["schema"], f"{pointer}/schema")
            kinds = self._media(operation, "produces", pointer) or (_JSON,)
            contents = tuple(Content(one, schema) for one in kinds)
        return Response(
            status=status,
            description=self._source.text(fields, "description", pointer),
            contents=contents,
            headers=tuple(self._headers(fields, pointer)),
        )

    def _headers(self, fields: Fields, pointer: str) -> Iterator[Parameter]:
        for name, one, at in headers(self._source, fields, pointer):
            yield self._valued("header", name, one, at)

    def _media(self, operation: Fields, key: str, at: str) -> tuple[str, ...]:
        """The media types of an operation; those of the document where it names none."""
        owner, owner_at = (operation, at) if key in operation else (self._source.root, "")
        return self._source.texts(owner, key, owner_at)


def schemes(source: Source) -> tuple[Scheme, ...]:
    """The security schemes."""
    read: list[Scheme] = []
    for name, value, where in source.members(source.root, "securityDefinitions", ""):
        fields, pointer = source.followed(value, where)
        kind = source.text(fields, "type", pointer)
        if kind not in {"basic", "apiKey", "oauth2"}:
            source.note(pointer, f"{shown(kind)} is no kind of security: left out")
            continue
        read.append(
            Scheme(
                name=name,
                kind="http" if kind == "basic" else kind,
                place=source.text(fields, "in", pointer),
                header=source.text(fields, "name", pointer),
                scheme="basic" if kind == "basic" else "",
                description=source.text(fields, "description", pointer),
            )
        )
    return tuple(read)


def servers(source: Source) -> tuple[str, ...]:
    """The addresses of the interface: scheme, host and base path together."""
    host = source.text(source.root, "host", "")
    base = source.text(source.root, "basePath", "")
    if not host:
        return (base,) if base else ()
    kinds = source.texts(source.root, "schemes", "") or ("https",)
    return tuple(f"{one}://{host}{base}".rstrip("/") for one in kinds)
