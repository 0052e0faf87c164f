"""An OpenAPI document, whichever of its dialects it was written in, as frozen values.

    text ─ read ─▶ JSON value ─ resolve · translate ─▶ Description
                                                        ├─ operations: parameters · body · responses
                                                        ├─ definitions: name → schema
                                                        └─ notes: what could not be read, and where

Schemas are in one dialect, JSON Schema 2020-12, and name each other by `#/$defs/NAME`, a key of
`Description.definitions`: `nullable: true` became a type list or an `anyOf` with null, a boolean
`exclusiveMinimum` a number, `#/definitions/NAME` and `#/components/schemas/NAME` the same name.
Every other local reference was followed. Definitions may name each other in circles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Schema = dict[str, object]
"""A JSON Schema 2020-12 object; the booleans are said as `{}` and `{"not": {}}`."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something of a document that was not taken over, or taken over less exactly.

    Attributes:
        pointer: JSON Pointer into the document as it was given.
        said: what could not be said, and what was done instead; one sentence.
    """

    pointer: str
    said: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation, or a header of an answer.

    Attributes:
        place: `path`, `query`, `header` or `cookie`.
        name: as on the wire; header names in lower case.
        required: whether it must be there.
        schema: of its value.
        description: for people, or "".
        deprecated: whether it is about to go.
        style: how a list or an object is written (`form`, `spaceDelimited`, `deepObject`, …).
        explode: whether each item of a list is a parameter of its own.
        media: the media type of a value that is written as a document, or "".
    """

    place: str
    name: str
    required: bool
    schema: Schema
    description: str = ""
    deprecated: bool = False
    style: str = ""
    explode: bool = False
    media: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """One form of a body: its media type, and its schema where one is given."""

    media: str
    schema: Schema | None


@dataclass(frozen=True, slots=True)
class Body:
    """What an operation takes: one of several forms."""

    contents: tuple[Content, ...]
    required: bool
    description: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What an operation answers.

    Attributes:
        status: three digits, a class of them (`4XX`), or `default`.
        description: for people, or "".
        contents: the forms of its body; empty where it has none.
        headers: that it has.
    """

    status: str
    description: str
    contents: tuple[Content, ...] = ()
    headers: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path.

    Attributes:
        method: in upper case.
        path: template with `{parameters}`.
        pointer: JSON Pointer into the document as it was given.
        name: its operationId, or "".
        summary: one sentence, or "".
        description: for people, or "".
        tags: that it has.
        parameters: its own and those of its path, its own first where both name one.
        body: what it takes, or None.
        responses: in the document's order.
        security: alternatives, each the names of schemes that are demanded together; an empty
            alternative lets anyone in; empty where nothing is demanded.
        deprecated: whether it is about to go.
        extensions: its members that begin with `x-`.
    """

    method: str
    path: str
    pointer: str
    name: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[str, ...], ...] = ()
    deprecated: bool = False
    extensions: dict[str, object] = field(default_factory=dict[str, object])

    @property
    def id(self) -> str:
        """`METHOD /path/template`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a caller shows who it is.

    Attributes:
        name: that operations call it by.
        kind: `http`, `apiKey`, `oauth2`, `openIdConnect` or `mutualTLS`.
        place: of an `apiKey`: `header`, `query` or `cookie`.
        header: of an `apiKey`: the name of the header, query parameter or cookie.
        scheme: of `http`: `bearer`, `basic`, …
        description: for people, or "".
    """

    name: str
    kind: str
    place: str = ""
    header: str = ""
    scheme: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """A whole document.

    Attributes:
        dialect: its own word for it: `2.0`, `3.0.3`, `3.1.0`.
        title: of the interface.
        version: of the interface (`info.version`).
        description: of the interface, for people, or "".
        servers: addresses, as given.
        operations: in the document's order.
        definitions: name → schema.
        schemes: of security.
        extensions: its members that begin with `x-`.
        notes: what could not be read.
    """

    dialect: str
    title: str
    version: str
    description: str = ""
    servers: tuple[str, ...] = ()
    operations: tuple[Operation, ...] = ()
    definitions: dict[str, Schema] = field(default_factory=dict[str, Schema])
    schemes: tuple[Scheme, ...] = ()
    extensions: dict[str, object] = field(default_factory=dict[str, object])
    notes: tuple[Note, ...] = ()
