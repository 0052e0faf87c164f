"""The operations of an interface: which there are, and every change within those that stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.compare import parameters, request_body, responses, security
from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.matching import common, only
from seamwright.contract.compare.normal_form import Forms
from seamwright.contract.compare.union import Side
from seamwright.contract.compare.value import Surfaces
from seamwright.contract.compare.wording import became, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.description.document import Description, Operation

OPERATION_ADDED = ChangeClass(
    "OP-ADDED",
    "an endpoint came",
    consumers=False,
    providers=True,
    reason="nobody calls it yet, but every provider must have it",
    cure="announce it to providers first",
)
OPERATION_REMOVED = ChangeClass(
    "OP-REMOVED",
    "an endpoint is gone",
    consumers=True,
    providers=False,
    reason="whoever calls it is refused",
    cure="say that it is deprecated, and let it go with the next version",
)
OPERATION_REMOVED_DEPRECATED = ChangeClass(
    "OP-REMOVED-DEPRECATED",
    "an endpoint that was deprecated is gone",
    consumers=True,
    providers=False,
    reason="its callers were told, but whoever still calls it is refused",
    cure="let it go with the next version",
)
OPERATION_DEPRECATED = ChangeClass(
    "OP-DEPRECATED",
    "an endpoint is about to go",
    consumers=False,
    providers=False,
    reason="it is still there",
)
OPERATION_REINSTATED = ChangeClass(
    "OP-REINSTATED",
    "an endpoint is no longer about to go",
    consumers=False,
    providers=False,
    reason="it stays as it was",
)
OPERATION_RENAMED = ChangeClass(
    "OP-RENAMED",
    "an endpoint has another operationId",
    consumers=False,
    providers=False,
    reason="the name is not on the wire; only generated code knows it",
)
OPERATION_TAGGED = ChangeClass(
    "OP-TAGGED",
    "an endpoint has other tags",
    consumers=False,
    providers=False,
    reason="tags only sort",
)
CLASSES = (
    OPERATION_ADDED,
    OPERATION_REMOVED,
    OPERATION_REMOVED_DEPRECATED,
    OPERATION_DEPRECATED,
    OPERATION_REINSTATED,
    OPERATION_RENAMED,
    OPERATION_TAGGED,
)

_NAMED = re.compile(r"\{[^{}]*\}")


def changes(old: Description, new: Description) -> Iterator[Change]:
    """Every change between two descriptions of one interface."""
    left = {_key(one): one for one in old.operations}
    right = {_key(one): one for one in new.operations}
    surfaces = Surfaces(Side.of(Forms(old.definitions)), Side.of(Forms(new.definitions)))
    yield from security.scheme_changes(old, new)
    for _, before in only(left, right):
        kind = OPERATION_REMOVED_DEPRECATED if before.deprecated else OPERATION_REMOVED
        yield Change(kind, printable(before.id), "endpoint → nothing")
    for _, after in only(right, left):
        yield Change(OPERATION_ADDED, printable(after.id), "nothing → endpoint")
    for _, before, after in common(left, right):
        yield from _changed(before, after)
        yield from parameters.changes(before, after, surfaces)
        yield from request_body.changes(before, after, surfaces)
        yield from responses.changes(before, after, surfaces)
        yield from security.changes(before, after)


def _key(operation: Operation) -> tuple[str, str]:
    """Path and method, without the names of parameters."""
    return nameless(operation.path), operation.method


def nameless(path: str) -> str:
    """A path without the names of its parameters."""
    return _NAMED.sub("{}", path)


def _changed(old: Operation, new: Operation) -> Iterator[Change]:
    where = printable(new.id)
    if old.deprecated != new.deprecated:
        kind = OPERATION_DEPRECATED if new.deprecated else OPERATION_REINSTATED
        words = ("kept", "deprecated")
        yield Change(kind, where, became(words[old.deprecated], words[new.deprecated]))
    if _name(old) != _name(new):
        yield Change(OPERATION_RENAMED, where, became(_name(old), _name(new)))
    if set(old.tags) != set(new.tags):
        yield Change(OPERATION_TAGGED, where, became(frozenset(old.tags), frozenset(new.tags)))


def _name(operation: Operation) -> str:
    """Its own name; one that only repeats the path is none."""
    return "" if operation.name == operation.id else operation.name
