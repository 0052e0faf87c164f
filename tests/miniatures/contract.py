"""What the miniatures promise: one service that keeps notes. `keeps_its_promises` does."""

from __future__ import annotations

from seamwright.contract import (
    Endpoint,
    Envelope,
    ErrorCode,
    Exemption,
    Form,
    Health,
    Member,
    Message,
    RequestId,
    Role,
    Service,
    System,
    Version,
)
from seamwright.drive.cases.conformance import Conformance
from seamwright.drive.cases.step import Step


class NoteInput(Message):
    """A note that is to be kept."""

    text: str


class Note(Message):
    """A note that is kept."""

    id: str
    text: str


class Notes(Message):
    """All notes."""

    notes: list[Note]


class HealthReport(Message):
    """How the service does."""

    status: str
    dependencies: dict[str, str]


_SHORT = "it is done at once"
_ID = Member("/meta/requestId", Role.REQUEST_ID)

SYSTEM = System(
    name="miniature",
    services=(
        Service(
            "notes",
            "Notes",
            "Keeps notes.",
            (
                Endpoint("GET", "/notes", "List.", Notes, _SHORT),
                Endpoint(
                    "POST",
                    "/notes",
                    "Keep.",
                    Note,
                    _SHORT,
                    request=NoteInput,
                    status=201,
                    errors=("NO_NOTE",),
                ),
                Endpoint(
                    "GET",
                    "/notes/{id}",
                    "Read.",
                    Note,
                    _SHORT,
                    path_formats=(("id", "uuid"),),
                    errors=("NOTE_NOT_FOUND",),
                ),
                Endpoint("GET", "/health", "Say how it does.", HealthReport, _SHORT),
            ),
            Health("/health", ("disk", "memory")),
        ),
    ),
    envelope=Envelope(
        success=Form((Member("/ok", Role.SUCCESS_FLAG), Member("/data", Role.DATA), _ID)),
        failure=Form(
            (
                Member("/ok", Role.SUCCESS_FLAG),
                Member("/error/code", Role.CODE),
                Member("/error/message", Role.MESSAGE),
                Member("/error/retryable", Role.RETRYABLE),
                _ID,
            )
        ),
        exempt=(Exemption("notes", "GET /health", "application/json", "it is bare"),),
    ),
    errors=(
        ErrorCode("NOT_FOUND", 404, retryable=False, meaning="No such route"),
        ErrorCode("NO_SUCH_VERSION", 400, retryable=False, meaning="No such version"),
        ErrorCode("NO_NOTE", 422, retryable=False, meaning="This is no note"),
        ErrorCode("NOTE_NOT_FOUND", 404, retryable=False, meaning="No such note"),
        ErrorCode("BUSY", 503, retryable=True, meaning="Try later"),
    ),
    everywhere=("NOT_FOUND", "NO_SUCH_VERSION"),
    request_id=RequestId(headers=("x-request-id",)),
    version=Version("x-api-version", "1", "NO_SUCH_VERSION"),
)

CONFORMANCE = Conformance(
    journey=(
        Step("notes", "POST /notes", body={"text": "buy tea"}, keep={"note": "/id"}),
        Step("notes", "GET /notes"),
        Step("notes", "GET /notes/{id}", path={"id": "{note}"}),
        Step("notes", "GET /health"),
    )
)
