"""Systems of which TypeScript is derived: those at hand, and ones with odd names and envelopes."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import Field

import contracts
from seamwright.contract import (
    Answer,
    Credential,
    Endpoint,
    Envelope,
    ErrorCode,
    Exemption,
    Form,
    Member,
    Message,
    Nullable,
    RequestId,
    Role,
    Root,
    Service,
    System,
)
from tests.contract.other_envelopes import DETAIL_SYSTEM, PROBLEM_SYSTEM
from tests.judge.records import SYSTEM as SHOP
from tests.miniatures.contract import SYSTEM as NOTES


class Colour(Enum):
    """A closed set of values."""

    RED = "red"
    GREEN = "green"


class Response(Message):
    """A name that the platform has too. */ and what would end a comment."""

    odd_name: str = Field(alias="odd name", description="quoted\non two lines")
    colour: Colour
    nothing: Nullable[int]
    labels: dict[Literal["a", "b"], bool] | None = None
    pair: tuple[int, Annotated[str, Field(description="second")]]
    anything: Any


class Record(Message, extra="allow"):
    """A name that TypeScript has a type of, and other members beside its own."""

    id: int
    inner: list[Record | None] | None = None


class Json(Root["dict[str, Json] | list[Json] | str | None"]):
    """A body that may be anything."""


class Endpoints(Message):
    """A name that the derived file gives itself."""

    of: dict[str, Any]


def _twin(field: str) -> type[Message]:
    """One of several classes of one name."""
    return type("Twin", (Message,), {"__annotations__": {field: str}, "__module__": f"x.{field}"})


FIRST, SECOND = _twin("first"), _twin("second")


class ByKind(Message):
    """One of two parameters of a path."""

    kind: Colour


class Asked(Message):
    """A header."""

    depth: Annotated[int | None, Field(alias="x-depth")] = None


_WHY = "it is short"
_TEXT = Root[str]
_ENDPOINTS = (
    Endpoint("POST", "/odd", "Odd.", Response, _WHY, request=Json, deprecated=True),
    Endpoint("PUT", "/record", "Record.", Record, _WHY, request=Record, request_required=False),
    Endpoint("GET", "/{kind}/{rest}", "Two.", Json, _WHY, path_values=ByKind, headers=Asked),
    Endpoint("POST", "/first", "Twins.", FIRST, _WHY, request=SECOND),
    Endpoint("DELETE", "/odd", "Gone.", None, _WHY, status=204),
    Endpoint("GET", "/page", "A page.", None, _WHY, response_media="text/html"),
    Endpoint("GET", "/raw", "Whatever.", None, _WHY),
    Endpoint("GET", "/robots.txt", "Text.", _TEXT, _WHY),
    Endpoint("POST", "/upload", "Many parts.", Json, _WHY, _TEXT, request_media="multipart/x"),
    Endpoint("PATCH", "/merge", "Merge.", Json, _WHY, Json, request_media="application/merge+json"),
    Endpoint(
        "POST",
        "/job",
        "Start.",
        Endpoints,
        _WHY,
        answers=(
            Answer("202", "Later.", Record),
            Answer("4XX", "Wrong.", _TEXT, "text/plain"),
            Answer("default", "Odd.", None, ""),
        ),
        credentials=("key", "pass"),
    ),
)


def odd(success: tuple[Member, ...], failure: tuple[Member, ...], *, extra: bool = False) -> System:
    """A system with odd names, in an envelope of these members."""
    exempt = (Exemption("odd", "GET /robots.txt", "text/plain", "it is text"),)
    return System(
        name="odd",
        services=(Service("odd", "Odd", "Is odd.", _ENDPOINTS),),
        envelope=Envelope(Form(success, extra=extra), Form(failure), exempt),
        errors=(ErrorCode("A-1", 400, retryable=False, meaning=""),),
        request_id=RequestId(("x-id",), pattern="[0-9]{4}"),
        credentials=(Credential("key", "x-key", ""), Credential("pass")),
    )


FLAGGED = odd(
    (Member("/meta/ok", Role.SUCCESS_FLAG), Member("/data~1it", Role.DATA)),
    (
        Member("/meta/ok", Role.SUCCESS_FLAG),
        Member("/error", Role.ERROR),
        Member("/more", Role.ERROR, required=False),
        Member("/code", Role.CODE),
    ),
)
BY_FAILURE = odd(
    (Member("/data", Role.DATA), Member("/id", Role.REQUEST_ID)),
    (Member("/error/title", Role.MESSAGE), Member("/id", Role.REQUEST_ID)),
)
BY_SUCCESS = odd(
    (Member("/data", Role.DATA), Member("/seen", Role.OTHER, required=False)),
    (Member("/seen", Role.OTHER), Member("/data2", Role.OTHER, required=False)),
    extra=True,
)
UNTOLD = odd((Member("/data", Role.DATA),), (Member("/data", Role.OTHER),))
DATALESS = odd(
    (Member("/ok", Role.SUCCESS_FLAG),), (Member("/ok", Role.SUCCESS_FLAG), Member("/c", Role.CODE))
)
BESIDE = odd((Member("", Role.DATA), Member("/id", Role.REQUEST_ID)), (Member("", Role.OTHER),))
BANK = replace(
    SHOP,
    services=(SHOP.services[1],),
    dependencies=(),
    edges=(),
    envelope=None,
    errors=(),
    everywhere=(),
    request_id=None,
    version=None,
    credentials=(),
)

SYSTEMS: dict[str, tuple[System, str]] = {
    "worker": (contracts.SYSTEM, "worker"),
    "web": (contracts.SYSTEM, "web"),
    "shop": (SHOP, "shop"),
    "notes": (NOTES, "notes"),
    "problem": (PROBLEM_SYSTEM, "shop"),
    "detail": (DETAIL_SYSTEM, "shop"),
    "unwrapped": (replace(SHOP, envelope=None), "shop"),
    "bank": (BANK, "bank"),
    "flagged": (FLAGGED, "odd"),
    "by_failure": (BY_FAILURE, "odd"),
    "by_success": (BY_SUCCESS, "odd"),
    "untold": (UNTOLD, "odd"),
    "dataless": (DATALESS, "odd"),
    "beside": (BESIDE, "odd"),
}
