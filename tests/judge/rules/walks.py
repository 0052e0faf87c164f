"""A shelf of notes and walks through it, for the rules that judge walks."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from seamwright.contract import (
    Endpoint,
    Envelope,
    Exemption,
    Form,
    Member,
    Message,
    RateLimit,
    Role,
    Service,
    System,
)
from seamwright.record.observation import CaseLabel, Exchange, Purpose, Request, Response

if TYPE_CHECKING:
    from seamwright.record.observation import Headers

CREATE, LIST = "POST /notes", "GET /notes"
GET, CHANGE, DELETE = "GET /notes/{id}", "PATCH /notes/{id}", "DELETE /notes/{id}"
LIMIT = RateLimit(limit=3, window_s=10)


class NoteInput(Message):
    """A new note."""

    text: str
    by: Annotated[str, Field(json_schema_extra={"format": "email"})] | None = None


class Note(Message):
    """A note."""

    id: str
    text: str
    at: Annotated[str, Field(json_schema_extra={"format": "date-time"})] | None = None
    by: Annotated[str, Field(json_schema_extra={"format": "email"})] | None = None


class NoteList(Message):
    """Notes."""

    items: list[Note]
    nextCursor: str | None = None  # noqa: N815 - as on the wire


SYSTEM = System(
    "shelf",
    (
        Service(
            "shelf",
            "Shelf",
            "Keeps notes.",
            (
                Endpoint("POST", "/notes", "Keep.", Note, "short", request=NoteInput, status=201),
                Endpoint("GET", "/notes", "List.", NoteList, "short", rate_limit=LIMIT),
                Endpoint("GET", "/notes/{id}", "Read.", Note, "short"),
                Endpoint("PATCH", "/notes/{id}", "Change.", Note, "short", request=NoteInput),
                Endpoint("DELETE", "/notes/{id}", "Delete.", None, "short"),
                Endpoint("GET", "/health", "Say how it does.", None, "short"),
            ),
        ),
    ),
    envelope=Envelope(
        Form((Member("/data", Role.DATA),)),
        Form((Member("/code", Role.CODE),)),
        (Exemption("shelf", "GET /health", "application/json", "it is bare"),),
    ),
)


def stepped(
    id_: str,
    endpoint: str,
    data: object = None,
    *,
    status: int = 200,
    at_s: float = 1.0,
    sent: object = None,
    target: str = "",
    reason: str = "shelf POST /notes, walk 1",
    purpose: Purpose = Purpose.WALK,
    headers: Headers = (),
) -> Exchange:
    """One step of a walk, answered within a tenth of a second; `data` may be a whole raw body."""
    method, path = endpoint.split(" ")
    told: object = {"data": data} if status < 400 else {"code": "OOPS"}
    body = data if isinstance(data, bytes) else json.dumps(told).encode()
    payload = sent if isinstance(sent, bytes) else json.dumps(sent).encode() if sent else b""
    return Exchange(
        id_,
        "driver→shelf",
        at_s,
        at_s + 0.1,
        Request(method, target or path.replace("{id}", "n1"), (), payload),
        Response(status, headers, body),
        case=CaseLabel(id_, "shelf", endpoint, purpose, reason, None, valid=True),
    )


def silent(one: Exchange) -> Exchange:
    """The same without an answer."""
    return replace(one, response=None, failure="ReadTimeout")
