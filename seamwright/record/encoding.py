"""Observations as JSON values, and back.

Bodies are text where they are UTF-8, else `{"base64": …}`, so that a person can read a record.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from seamwright.record.observation import (
    Again,
    CaseLabel,
    Exchange,
    LogLine,
    Mail,
    PactOutcome,
    Published,
    Request,
    Response,
    Unseen,
)

Json = dict[str, object]
FORMAT = 1


class FaultLaid(BaseModel):
    """A fault was laid on an edge; it is lifted by the `lifted` line with the same id."""

    model_config = ConfigDict(frozen=True)
    id: str
    edge: str
    fault: str
    at_s: float


class FaultLifted(BaseModel):
    """The fault with this id was lifted."""

    model_config = ConfigDict(frozen=True)
    id: str
    at_s: float


class Head(BaseModel):
    """The first line of a record.

    `started` is the moment of the calendar at `zero_s` on the monotonic clock (RFC 3339).
    """

    model_config = ConfigDict(frozen=True)
    format: Literal[1]
    subject: str
    contract_digest: str
    started: str
    zero_s: float


class End(BaseModel):
    """The last line of a record that was not cut short."""

    model_config = ConfigDict(frozen=True)
    at_s: float


_Framing = Head | End | FaultLaid | FaultLifted
Line = _Framing | Again | Exchange | LogLine | Mail | PactOutcome | Published | Unseen
_KINDS: dict[str, type[Line]] = {
    "head": Head,
    "end": End,
    "laid": FaultLaid,
    "lifted": FaultLifted,
    "exchange": Exchange,
    "log": LogLine,
    "mail": Mail,
    "pact": PactOutcome,
    "published": Published,
    "unseen": Unseen,
    "again": Again,
}
_NAMES: dict[type, str] = {cls: name for name, cls in _KINDS.items()}
_ADAPTERS: dict[str, TypeAdapter[Line]] = {
    name: TypeAdapter(cls) for name, cls in _KINDS.items() if name != "exchange"
}


def encode(line: Line) -> Json:
    """The JSON value of one line; `kind` says what it is."""
    if isinstance(line, Exchange):
        return {"kind": "exchange", **_exchange(line)}
    if isinstance(line, LogLine):
        return {"kind": "log", "id": line.id, "box": line.box, "at_s": line.at_s, "text": line.text}
    value = line.model_dump() if isinstance(line, BaseModel) else asdict(line)
    return {"kind": _NAMES[type(line)], **value}


def decode(value: Json) -> Line:
    """The line that a JSON value means.

    Raises:
        ValueError: when it is no line of this format.
        KeyError: likewise.
        TypeError: likewise.
    """
    kind = value.get("kind")
    rest = {key: one for key, one in value.items() if key != "kind"}
    if kind == "exchange":
        return _Exchange.model_validate(rest).exchange()
    if not isinstance(kind, str) or kind not in _ADAPTERS:
        message = f"unknown kind {kind!r}"
        raise ValueError(message)
    return _ADAPTERS[kind].validate_python(rest)


def _exchange(one: Exchange) -> Json:
    request, response = one.request, one.response
    return {
        "id": one.id,
        "edge": one.edge,
        "began_s": one.began_s,
        "ended_s": one.ended_s,
        "request": request
        and {
            "method": request.method,
            "target": request.target,
            "headers": request.headers,
            "body": _body(request.body),
        },
        "response": response
        and {
            "status": response.status,
            "headers": response.headers,
            "body": _body(response.body),
            "truncated": response.truncated,
        },
        "failure": one.failure,
        "case": one.case and _case(one.case),
        "base_url": one.base_url,
        "tries": one.tries,
    }


def _case(label: CaseLabel) -> Json:
    return {
        "id": label.id,
        "service": label.service,
        "endpoint": label.endpoint,
        "purpose": label.purpose,
        "reason": label.reason,
        "request_id": label.request_id,
        "valid": label.valid,
        "credential": label.credential,
        "due": label.due,
    }


def _body(body: bytes) -> str | dict[str, str]:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}


def _bytes(body: str | dict[str, str]) -> bytes:
    if isinstance(body, str):
        return body.encode()
    try:
        return base64.b64decode(body["base64"], validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error


class _Request(BaseModel):
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str | dict[str, str]


class _Response(BaseModel):
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str | dict[str, str]
    truncated: bool = False


class _Exchange(BaseModel):
    id: str
    edge: str
    began_s: float
    ended_s: float
    request: _Request | None
    response: _Response | None
    failure: str = ""
    case: CaseLabel | None = None
    base_url: str = ""
    tries: int = 1

    def exchange(self) -> Exchange:
        asked, told, case = self.request, self.response, self.case
        return Exchange(
            self.id,
            self.edge,
            self.began_s,
            self.ended_s,
            asked and Request(asked.method, asked.target, asked.headers, _bytes(asked.body)),
            told and Response(told.status, told.headers, _bytes(told.body), told.truncated),
            self.failure,
            case,
            self.base_url,
            self.tries,
        )
