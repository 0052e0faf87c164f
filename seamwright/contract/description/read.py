"""A document of somebody's, read: OpenAPI 3.0, 3.1 or Swagger 2.0, in JSON or YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.description import openapi3, swagger2
from seamwright.contract.description.document import Description
from seamwright.contract.description.document_source import Source, as_object, extensions, shown
from seamwright.contract.description.operations import operations
from seamwright.contract.description.problem import unfit
from seamwright.contract.description.schema_reading import Schemas
from seamwright.contract.description.text import json_value

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ = "an OpenAPI document 3.0 or 3.1, or a Swagger document 2.0"
_DIALECT = re.compile(r"2\.0|3\.[01](\.\d{1,3})?(-[\w.]{1,20})?")
_TOLD_ELSEWHERE = frozenset(
    {
        *("openapi", "swagger", "info", "servers", "paths", "components", "security", "tags"),
        *("externalDocs", "host", "basePath", "schemes", "consumes", "produces", "definitions"),
        *("parameters", "responses", "securityDefinitions", "jsonSchemaDialect"),
    }
)


def read(data: bytes, where: str) -> Description:
    """The description that a document gives.

    Args:
        data: the document; JSON or YAML.
        where: what to call it in a message.

    Raises:
        DescriptionProblem: when it is no such document. What is malformed within one is noted.
    """
    root = as_object(json_value(data, where))
    if root is None:
        raise unfit(where, _READ, "a document that is no object", "name another file")
    return describe(root, where)


def describe(document: Mapping[str, object], where: str = "the document") -> Description:
    """The description that the JSON value of a document gives.

    Raises:
        DescriptionProblem: when it is no such document. What is malformed within one is noted.
    """
    source = Source(dict(document))
    dialect = _dialect(source, where)
    if dialect == "2.0":
        schemas = Schemas(source, "#/definitions", siblings=False)
        schemas.read_all()
        schemes, servers = swagger2.schemes(source), swagger2.servers(source)
        read_by = swagger2.Swagger2(source, schemas)
    else:
        siblings = dialect.startswith("3.1")
        schemas = Schemas(source, "#/components/schemas", siblings=siblings)
        schemas.read_all()
        schemes, servers = openapi3.schemes(source), openapi3.servers(source)
        read_by = openapi3.OpenApi3(source, schemas)
    for key in source.root:
        if key not in _TOLD_ELSEWHERE and not key.startswith("x-"):
            source.note(f"/{key}", f"{shown(key)} of the document: left out")
    info = source.fields(source.root.get("info", {}), "/info")
    return Description(
        dialect=dialect,
        title=source.text(info, "title", "/info"),
        version=source.text(info, "version", "/info"),
        description=source.text(info, "description", "/info"),
        servers=servers,
        operations=tuple(operations(source, read_by, schemes)),
        definitions=schemas.settled(),
        schemes=schemes,
        extensions=extensions(source.root),
        notes=tuple(dict.fromkeys(source.notes)),
    )


def _dialect(source: Source, where: str) -> str:
    root = source.root
    said = root.get("openapi", root.get("swagger"))
    told = str(said) if isinstance(said, (str, float)) else ""
    if not _DIALECT.fullmatch(told) or (told == "2.0") != ("openapi" not in root):
        seen = f"{'openapi' if 'openapi' in root else 'swagger'}: {shown(told)}" if told else ""
        raise unfit(where, _READ, seen or "a document that says neither", "name another file")
    return told
