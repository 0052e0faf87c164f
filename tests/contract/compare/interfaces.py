"""Small interfaces to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seamwright.contract.compare.comparison import compare
from seamwright.contract.compare.snapshot import snapshot_of_document
from seamwright.contract.description.document import (
    Body,
    Content,
    Description,
    Operation,
    Parameter,
    Response,
    Scheme,
)

if TYPE_CHECKING:
    from seamwright.contract.compare.change import Change

JSON = "application/json"
SCHEMES = (
    Scheme("token", "http", scheme="bearer"),
    Scheme("key", "apiKey", place="header", header="x-key"),
)


def described(
    *operations: Operation,
    definitions: dict[str, Any] | None = None,
    schemes: tuple[Scheme, ...] = SCHEMES,
    version: str = "1.0.0",
) -> Description:
    """A document with these operations."""
    return Description(
        "3.1.0",
        "Pets",
        version,
        operations=operations,
        definitions=definitions or {},
        schemes=schemes,
    )


def operation(method: str = "POST", path: str = "/pets", **parts: Any) -> Operation:
    """An operation with one empty answer, unless it is given others."""
    given: dict[str, Any] = {"responses": (Response("204", "Done"),), **parts}
    return Operation(method, path, "", **given)


def sent(schema: dict[str, Any] | None) -> Operation:
    """An operation that takes a value."""
    return operation(body=Body((Content(JSON, schema),), required=True))


def answered(schema: dict[str, Any] | None) -> Operation:
    """An operation that answers a value."""
    return operation(responses=(Response("200", "Pets", (Content(JSON, schema),)),))


def asked(schema: dict[str, Any], **parts: Any) -> Operation:
    """An operation that takes a value in its query."""
    given: dict[str, Any] = {"place": "query", "name": "kind", "required": False, **parts}
    return operation(parameters=(Parameter(schema=schema, **given),))


def changes(old: Description, new: Description) -> tuple[Change, ...]:
    """Every change between two documents."""
    return compare(snapshot_of_document(old), snapshot_of_document(new)).changes


def codes(old: Description, new: Description) -> list[str]:
    """The codes of the changes between two documents."""
    return [one.code for one in changes(old, new)]
