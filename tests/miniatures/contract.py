"""What the miniatures promise: one service that keeps notes. `keeps_its_promises` does.

A miniature whose sin is in what it promises has a `SYSTEM` of its own, made from this one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from seamwright.contract import (
    Dependency,
    Edge,
    Endpoint,
    Entity,
    Envelope,
    ErrorCode,
    Exemption,
    Form,
    Health,
    Member,
    Message,
    Mode,
    Protocol,
    RateLimit,
    RequestId,
    Role,
    Service,
    System,
    Version,
)
from seamwright.drive.cases.conformance import Conformance
from seamwright.drive.cases.step import Step


class NoteInput(Message):
    """A note that is to be kept, or what it is to say from now on."""

    text: str


class Note(Message):
    """A note that is kept."""

    id: str
    text: str


class Notes(Message):
    """Some notes, and where the next ones begin if there are more."""

    notes: list[Note]
    nextCursor: str | None = None  # noqa: N815 - as it is named on the wire


class Page(Message):
    """Which notes."""

    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Deleted(Message):
    """What is not kept any more."""

    deleted: str


class ById(Message):
    """Which note."""

    id: Annotated[str, Field(json_schema_extra={"format": "uuid"})]


class HealthReport(Message):
    """How the service does."""

    status: str
    dependencies: dict[str, str]


LIMIT = RateLimit(limit=30, window_s=1)
NOTES = frozenset({"notes"})
_SHORT = "it is done at once"
_ID = Member("/meta/requestId", Role.REQUEST_ID)
_DURATION = Member("/meta/duration", Role.DURATION)

SYSTEM = System(
    name="miniature",
    services=(
        Service(
            "notes",
            "Notes",
            "Keeps notes.",
            (
                Endpoint(
                    "GET",
                    "/notes",
                    "List.",
                    Notes,
                    _SHORT,
                    query=Page,
                    errors=("NO_NOTE",),
                    rate_limit=LIMIT,
                    reads=NOTES,
                ),
                Endpoint(
                    "POST",
                    "/notes",
                    "Keep.",
                    Note,
                    _SHORT,
                    request=NoteInput,
                    status=201,
                    errors=("NO_NOTE",),
                    rate_limit=LIMIT,
                    writes=NOTES,
                ),
                Endpoint(
                    "GET",
                    "/notes/{id}",
                    "Read.",
                    Note,
                    _SHORT,
                    path_values=ById,
                    errors=("NOTE_NOT_FOUND",),
                    rate_limit=LIMIT,
                    reads=NOTES,
                ),
                Endpoint(
                    "PATCH",
                    "/notes/{id}",
                    "Change.",
                    Note,
                    _SHORT,
                    request=NoteInput,
                    path_values=ById,
                    errors=("NO_NOTE", "NOTE_NOT_FOUND"),
                    rate_limit=LIMIT,
                    writes=NOTES,
                ),
                Endpoint(
                    "DELETE",
                    "/notes/{id}",
                    "Delete.",
                    Deleted,
                    _SHORT,
                    path_values=ById,
                    errors=("NOTE_NOT_FOUND",),
                    rate_limit=LIMIT,
                    writes=NOTES,
                ),
                Endpoint("GET", "/health", "Say how it does.", HealthReport, _SHORT),
            ),
            Health("/health", ("disk", "memory")),
        ),
    ),
    dependencies=(Dependency("disk", "Disk", stores=True),),
    edges=(Edge("notes", "disk", Protocol.TCP, Mode.SYNC, "a note is kept when it is there", 100),),
    envelope=Envelope(
        success=Form(
            (Member("/ok", Role.SUCCESS_FLAG), Member("/data", Role.DATA), _ID, _DURATION)
        ),
        failure=Form(
            (
                Member("/ok", Role.SUCCESS_FLAG),
                Member("/error/code", Role.CODE),
                Member("/error/message", Role.MESSAGE),
                Member("/error/retryable", Role.RETRYABLE),
                _ID,
                _DURATION,
            )
        ),
        exempt=(Exemption("notes", "GET /health", "application/json", "it is bare"),),
    ),
    errors=(
        ErrorCode("NOT_FOUND", 404, retryable=False, meaning="No such route"),
        ErrorCode("NO_SUCH_VERSION", 400, retryable=False, meaning="No such version"),
        ErrorCode("NO_NOTE", 422, retryable=False, meaning="This is no note"),
        ErrorCode("NOTE_NOT_FOUND", 404, retryable=False, meaning="No such note"),
        ErrorCode("RATE_LIMITED", 429, retryable=True, meaning="Too many requests"),
        ErrorCode("MALFORMED", 400, retryable=False, meaning="This cannot be read"),
        ErrorCode("METHOD_NOT_ALLOWED", 405, retryable=False, meaning="See the Allow header"),
        ErrorCode("INTERNAL", 500, retryable=False, meaning="A fault of the service itself"),
        ErrorCode("BUSY", 503, retryable=True, meaning="Try later"),
    ),
    everywhere=(
        *("NOT_FOUND", "NO_SUCH_VERSION", "RATE_LIMITED"),
        *("MALFORMED", "METHOD_NOT_ALLOWED", "INTERNAL"),
    ),
    request_id=RequestId(headers=("x-request-id",)),
    version=Version("x-api-version", "1", "NO_SUCH_VERSION"),
    entities=(Entity("notes", "disk", readers=NOTES, writers=NOTES),),
)


def promising(endpoint: str, **changes: Any) -> System:
    """The system with another promise for one endpoint, `METHOD /path/template`."""
    (service,) = SYSTEM.services
    endpoints = tuple(
        replace(one, **changes) if one.id == endpoint else one for one in service.endpoints
    )
    return replace(SYSTEM, services=(replace(service, endpoints=endpoints),))


CONFORMANCE = Conformance(
    journey=(
        Step("notes", "POST /notes", body={"text": "buy tea"}, keep={"note": "/id"}),
        Step("notes", "GET /notes"),
        Step("notes", "GET /notes/{id}", path={"id": "{note}"}),
        Step("notes", "PATCH /notes/{id}", path={"id": "{note}"}, body={"text": "buy milk"}),
        Step("notes", "POST /notes", body={"text": "forget"}, keep={"old": "/id"}),
        Step("notes", "DELETE /notes/{id}", path={"id": "{old}"}),
        Step("notes", "GET /health"),
    )
)
