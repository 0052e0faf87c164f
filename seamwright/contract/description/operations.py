"""The operations of a document: what all dialects say in the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from seamwright.contract.description.document import Operation, Parameter
from seamwright.contract.description.document_source import as_object, extensions, kind, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.description.document import Body, Response, Scheme
    from seamwright.contract.description.document_source import Source

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_BESIDE_METHODS = frozenset({"$ref", "summary", "description", "parameters"})
_OPERATION = frozenset(
    {
        *("operationId", "summary", "description", "tags", "parameters", "requestBody"),
        *("responses", "security", "deprecated", "consumes", "produces", "externalDocs"),
    }
)
_TEMPLATED = re.compile(r"\{([^{}/]+)\}")
_STATUS = re.compile(r"[1-5](\d\d|XX)|default", re.IGNORECASE)

Fields = dict[str, object]


class Dialect(Protocol):
    """What the dialects say in ways of their own."""

    def parameter(self, fields: Fields, pointer: str) -> Parameter | None:
        """One parameter; None for what is none, or is read as a body."""
        ...

    def body(self, operation: Fields, inputs: list[tuple[Fields, str]], at: str) -> Body | None:
        """What an operation takes, if it takes anything."""
        ...

    def response(self, status: str, fields: Fields, pointer: str, operation: Fields) -> Response:
        """One answer."""
        ...


def operations(source: Source, dialect: Dialect, schemes: tuple[Scheme, ...]) -> list[Operation]:
    """All operations of a document, in its order."""
    read: list[Operation] = []
    for path, value, pointer in source.members(source.root, "paths", ""):
        if path.startswith("x-"):
            continue
        if not path.startswith("/"):
            source.note(pointer, f"{shown(path)} does not begin with a slash: left out")
            continue
        item, item_at = source.followed(value, pointer)
        for key, one in item.items():
            at = f"{item_at}/{key}"
            if key.lower() in METHODS:
                reading = _Reading(source, dialect, {scheme.name for scheme in schemes})
                fields = source.fields(one, at)
                if as_object(one) is not None:
                    read.append(reading.operation(key, path, fields, at, (item, item_at)))
            elif key not in _BESIDE_METHODS and not key.startswith("x-"):
                source.note(at, f"{shown(key)} of a path: left out")
    return read


class _Reading:
    """Reads one operation."""

    def __init__(self, source: Source, dialect: Dialect, schemes: set[str]) -> None:
        self._source = source
        self._dialect = dialect
        self._schemes = schemes

    def operation(
        self, method: str, path: str, fields: Fields, at: str, within: tuple[Fields, str]
    ) -> Operation:
        source = self._source
        for key in fields:
            if key not in _OPERATION and not key.startswith("x-"):
                source.note(f"{at}/{key}", f"{shown(key)} of an operation: left out")
        inputs = list(self._inputs(fields, at, within))
        parameters = self._parameters(path, inputs, at)
        return Operation(
            method=method.upper(),
            path=path,
            pointer=at,
            name=source.text(fields, "operationId", at),
            summary=source.text(fields, "summary", at) or source.text(within[0], "summary", at),
            description=source.text(fields, "description", at),
            tags=source.texts(fields, "tags", at),
            parameters=parameters,
            body=self._dialect.body(fields, inputs, at),
            responses=tuple(self._responses(fields, at)),
            security=self._security(fields, at),
            deprecated=source.flag(fields, "deprecated", at),
            extensions=extensions(fields),
        )

    def _inputs(
        self, fields: Fields, at: str, within: tuple[Fields, str]
    ) -> Iterator[tuple[Fields, str]]:
        """The parameters as written, references followed; an operation's before its path's."""
        met: set[tuple[str, str]] = set()
        for owner, owner_at in ((fields, at), within):
            for value, where in self._source.items(owner, "parameters", owner_at):
                one, one_at = self._source.followed(value, where)
                if not one:
                    continue
                place = self._source.text(one, "in", one_at)
                name = self._source.text(one, "name", one_at)
                key = (place, name.lower() if place == "header" else name)
                if key not in met:
                    met.add(key)
                    yield one, one_at
                elif owner is fields:
                    self._source.note(where, f"{place} parameter {shown(name)} twice: the first")

    def _parameters(
        self, path: str, inputs: list[tuple[Fields, str]], at: str
    ) -> tuple[Parameter, ...]:
        templated = dict.fromkeys(_TEMPLATED.findall(path))
        read: list[Parameter] = []
        for fields, where in inputs:
            one = self._dialect.parameter(fields, where)
            if one is None:
                continue
            if one.place == "path" and one.name not in templated:
                said = f"path parameter {shown(one.name)} is not in the path: left out"
                self._source.note(where, said)
                continue
            read.append(one)
        told = {one.name for one in read if one.place == "path"}
        for name in templated:
            if name not in told:
                said = f"parameter {shown(name)} of the path is not described: any text is taken"
                self._source.note(at, said)
                read.append(Parameter("path", name, required=True, schema={"type": "string"}))
        return tuple(read)

    def _responses(self, fields: Fields, at: str) -> Iterator[Response]:
        for status, value, pointer in self._source.members(fields, "responses", at):
            if status.startswith("x-"):
                continue
            if not _STATUS.fullmatch(status):
                self._source.note(pointer, f"{shown(status)} is no status: left out")
                continue
            one, one_at = self._source.followed(value, pointer)
            told = "default" if status.lower() == "default" else status.upper()
            yield self._dialect.response(told, one, one_at, fields)

    def _security(self, fields: Fields, at: str) -> tuple[tuple[str, ...], ...]:
        owner, owner_at = (fields, at) if "security" in fields else (self._source.root, "")
        alternatives: list[tuple[str, ...]] = []
        for value, where in self._source.items(owner, "security", owner_at):
            demanded = as_object(value)
            if demanded is None:
                said = f"an object was expected and {kind(value)} is there: left out"
                self._source.note(where, said)
                continue
            unknown = [one for one in demanded if one not in self._schemes]
            if unknown and owner is fields:
                said = f"no security scheme is called {shown(unknown[0])}: left out"
                self._source.note(where, said)
            if not unknown:
                alternatives.append(tuple(demanded))
        return tuple(alternatives)
