"""Requests that a search kept, and their file: lines of JSON that a team commits.

    {"format": 1, "by": "seamwright explore"}
    {"service": …, "endpoint": …, "showed": …, "method": …, "target": …, "headers": […], "body": …}

A body that is no text is `bytes`, in base64. The lines are sorted, each request is there once: two
who have searched merge their files line by line. There is no moment, address or secret in it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from seamwright.drive.cases.generated import GeneratedRequest
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_T = TypeVar("_T")

FOUND = "found"
"""The scenario of a request that a search kept."""

FOUND_FORMAT = 1
_MOST = 20_000
"""Requests of a file."""


class FoundProblem(UsageProblem):
    """A file of requests that were found cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Found:
    """A request that showed something new.

    Attributes:
        service: who was asked.
        endpoint: `METHOD /path/template` for which it was made.
        request: it, as small as it still showed it.
        showed: what it showed then: status, media type and shape of the answer.
    """

    service: str
    endpoint: str
    request: GeneratedRequest
    showed: str


def kept_request(
    method: str, target: str, headers: tuple[tuple[str, str], ...], body: bytes
) -> GeneratedRequest:
    """A request of which it is not known whether the contract says that it is well-formed."""
    return GeneratedRequest(
        positive=False,
        scenario=FOUND,
        place="",
        method=method,
        target=target,
        headers=headers,
        body=body,
    )


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal[1]
    by: str


_Name = Annotated[str, Field(pattern=r"^[!#$%&'*+.^_`|~0-9a-z-]+$")]
_Value = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0a-\x1f\x7f]*$")]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    service: str
    endpoint: str
    showed: str
    method: Annotated[str, Field(pattern=r"^[A-Za-z]{1,32}$")]
    # It is put behind an address: what begins with anything else could be another machine's.
    target: Annotated[str, Field(pattern=r"^/[\x21-\x7e]*$")]
    headers: list[tuple[_Name, _Value]] = Field(default_factory=list[tuple[str, str]])
    body: str | None = None
    bytes: str | None = None

    def found(self) -> Found:
        """The same as a value; ValueError where its body is none."""
        body = (self.body or "").encode()
        if self.bytes is not None:
            body = base64.b64decode(self.bytes, validate=True)
        headers = tuple(self.headers)
        request = kept_request(self.method, self.target, headers, body)
        return Found(self.service, self.endpoint, request, self.showed)


def dumped_found(found: Iterable[Found]) -> str:
    """The file's text: the same for the same requests, in whatever order they come."""
    lines = {_key(one): _line(one) for one in sorted(found, key=lambda one: one.showed)}
    head = json.dumps({"format": FOUND_FORMAT, "by": "seamwright explore"})
    return "\n".join([head, *(lines[key] for key in sorted(lines))]) + "\n"


def parsed_found(text: str, where: str) -> tuple[Found, ...]:
    """The requests of a file.

    Raises:
        FoundProblem: when a line of it is none; the line is named.
    """
    lines = [one for one in enumerate(text.split("\n"), 1) if one[1].strip()]
    if not lines or len(lines) > _MOST:
        raise found_problem(f"{len(lines):,} lines", where)
    _parsed(_Head.model_validate_json, *lines[0], where)
    return tuple(_parsed(_found, *one, where) for one in lines[1:])


def _found(line: str) -> Found:
    return _Line.model_validate_json(line).found()


def _parsed(parser: Callable[[str], _T], number: int, line: str, where: str) -> _T:
    try:
        return parser(line)
    except ValidationError as error:
        first = error.errors()[0]
        told = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise found_problem(told.strip(": ")[:200], f"{where}:{number}") from error
    except ValueError as error:
        raise found_problem(str(error)[:200], f"{where}:{number}") from error


def found_problem(seen: str, where: str) -> FoundProblem:
    """A problem of such a file."""
    return FoundProblem(
        expected=f"requests that `seamwright explore` kept, at most {_MOST:,}",
        seen=seen,
        where=where,
        mend="take the line out, or have the file as it was committed",
    )


def _key(one: Found) -> tuple[str, ...]:
    request = one.request
    return (
        *(one.service, one.endpoint, request.method, request.target),
        json.dumps(request.headers),
        request.body.hex(),
    )


def _line(one: Found) -> str:
    request = one.request
    told: dict[str, object] = {
        "service": one.service,
        "endpoint": one.endpoint,
        "showed": one.showed,
        "method": request.method,
        "target": request.target,
    }
    if request.headers:
        told["headers"] = request.headers
    if request.body:
        told |= _body(request.body)
    return json.dumps(told)


def _body(body: bytes) -> dict[str, object]:
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"bytes": base64.b64encode(body).decode()}
