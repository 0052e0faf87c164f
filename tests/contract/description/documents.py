"""Small documents in all three dialects, and what is read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.description.read import describe

if TYPE_CHECKING:
    from seamwright.contract.description.document import Description, Operation, Schema

INFO = {"title": "Pets", "version": "1.0"}
EMPTY: dict[str, object] = {}
NONE: list[object] = []


def openapi3(operation: object = None, *, version: object = "3.1.0", **rest: object) -> Description:
    """A document of OpenAPI 3 with one operation, `GET /pets`."""
    paths = {"/pets": {"get": operation or {"responses": {"200": {"description": "OK"}}}}}
    return describe({"openapi": version, "info": INFO, "paths": paths, **rest})


def swagger2(operation: object = None, **rest: object) -> Description:
    """A document of Swagger 2.0 with one operation, `GET /pets`."""
    paths = {"/pets": {"get": operation or {"responses": {"200": {"description": "OK"}}}}}
    return describe({"swagger": "2.0", "info": INFO, "paths": paths, **rest})


def only(description: Description) -> Operation:
    """Its one operation."""
    (operation,) = description.operations
    return operation


def said(description: Description) -> list[tuple[str, str]]:
    """Pointer and sentence of every note."""
    return [(one.pointer, one.said) for one in description.notes]


def schema_of(written: object, *, version: str = "3.1.0", **named: object) -> Description:
    """A document whose one named schema `Thing` is this."""
    schemas = {"Thing": written, **named}
    return openapi3(version=version, components={"schemas": schemas})


def thing(written: object, *, version: str = "3.1.0", **named: object) -> Schema:
    """How a schema is read."""
    return schema_of(written, version=version, **named).definitions["Thing"]
