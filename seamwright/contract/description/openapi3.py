"""OpenAPI 3.0 and 3.1: parameters, bodies, answers and security schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.description.document import Body, Content, Parameter, Response, Scheme
from seamwright.contract.description.document_source import shown
from seamwright.contract.description.placed import headers, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.description.document_source import Source
    from seamwright.contract.description.operations import Fields
    from seamwright.contract.description.schema_reading import Schemas

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


class OpenApi3:
    """Reads what OpenAPI 3 says in its own way."""

    def __init__(self, source: Source, schemas: Schemas) -> None:
        """Read from `source`, its schemas by `schemas`."""
        self._source = source
        self._schemas = schemas

    def parameter(self, fields: Fields, pointer: str) -> Parameter | None:
        """One parameter."""
        found = placed(self._source, fields, pointer, _STYLES)
        return None if found is None else self._valued(*found, fields, pointer)

    def _valued(self, place: str, name: str, fields: Fields, pointer: str) -> Parameter:
        source = self._source
        contents = tuple(self._contents(fields, pointer))
        content = contents[0] if contents else None
        if content is not None:
            schema = content.schema or {}
        elif "schema" in fields:
            schema = self._schemas.schema(fields["schema"], f"{pointer}/schema")
        else:
            source.note(pointer, f"{shown(name)} has no schema: anything is taken")
            schema = {}
        if "example" in fields and "$ref" not in schema:
            schema = {"examples": [fields["example"]], **schema}
        required = source.flag(fields, "required", pointer)
        if place == "path" and not required:
            source.note(pointer, f"path parameter {shown(name)} is required, whatever is said")
        style = source.text(fields, "style", pointer) or _STYLES[place]
        explode = source.flag(fields, "explode", pointer)
        return Parameter(
            place=place,
            name=name.lower() if place == "header" else name,
            required=required or place == "path",
            schema=schema,
            description=source.text(fields, "description", pointer),
            deprecated=source.flag(fields, "deprecated", pointer),
            style=style,
            explode=explode if "explode" in fields else style == "form",
            media=content.media if content else "",
        )

    def body(self, operation: Fields, inputs: list[tuple[Fields, str]], at: str) -> Body | None:
        """What an operation takes."""
        del inputs  # bodies are no parameters here
        if "requestBody" not in operation:
            return None
        fields, pointer = self._source.followed(operation["requestBody"], f"{at}/requestBody")
        contents = tuple(self._contents(fields, pointer))
        if not contents:
            return None
        return Body(
            contents=contents,
            required=self._source.flag(fields, "required", pointer),
            description=self._source.text(fields, "description", pointer),
        )

    def response(self, status: str, fields: Fields, pointer: str, operation: Fields) -> Response:
        """One answer."""
        del operation  # says nothing of its answers here
        if "links" in fields:
            self._source.note(f"{pointer}/links", "links between operations: left out")
        return Response(
            status=status,
            description=self._source.text(fields, "description", pointer),
            contents=tuple(self._contents(fields, pointer)),
            headers=tuple(self._headers(fields, pointer)),
        )

    def _headers(self, fields: Fields, pointer: str) -> Iterator[Parameter]:
        for name, one, at in headers(self._source, fields, pointer):
            yield self._valued("header", name, one, at)

    def _contents(self, fields: Fields, pointer: str) -> Iterator[Content]:
        for media, value, where in self._source.members(fields, "content", pointer):
            one, one_at = self._source.followed(value, where)
            schema = None
            if "schema" in one:
                schema = self._schemas.schema(one["schema"], f"{one_at}/schema")
            if "encoding" in one:
                self._source.note(f"{one_at}/encoding", "how parts are encoded: left out")
            yield Content(media, schema)


def schemes(source: Source) -> tuple[Scheme, ...]:
    """The security schemes."""
    components = source.fields(source.root.get("components", {}), "/components")
    read: list[Scheme] = []
    for name, value, where in source.members(components, "securitySchemes", "/components"):
        fields, pointer = source.followed(value, where)
        kind = source.text(fields, "type", pointer)
        if kind not in {"http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"}:
            source.note(pointer, f"{shown(kind)} is no kind of security: left out")
            continue
        read.append(
            Scheme(
                name=name,
                kind=kind,
                place=source.text(fields, "in", pointer),
                header=source.text(fields, "name", pointer),
                scheme=source.text(fields, "scheme", pointer).lower(),
                description=source.text(fields, "description", pointer),
            )
        )
    return tuple(read)


def servers(source: Source) -> tuple[str, ...]:
    """The addresses of the interface, as given."""
    found = source.items(source.root, "servers", "")
    told = (source.text(source.fields(one, at), "url", at) for one, at in found)
    return tuple(one for one in told if one)
