"""A request and its answer, for the boxes whose answers need no waiting."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from typing import TypeAlias

    from reference_impl.box.log import Log

    Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, object]]]
    Send: TypeAlias = Callable[[dict[str, object]], Awaitable[None]]

_BIGGEST_BODY_BYTES = 64 * 1024
_NO_CONTENT = 204


@dataclass(frozen=True, slots=True)
class Request:
    """What a caller asked.

    Attributes:
        port: the port that it came to.
        method: in capitals.
        path: decoded, without the query.
        query: the query as it was.
        headers: by lower-case name.
        body: the whole body, or None where it was longer than 64 KiB.
    """

    port: int
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def request_id(self) -> str | None:
        """The `x-request-id`, if there was one."""
        return self.headers.get("x-request-id")

    @property
    def bearer(self) -> str | None:
        """The token of an `Authorization: Bearer` header, if there was one."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else None

    def argument(self, name: str) -> str:
        """The query's first value of that name, or an empty text."""
        return parse_qs(self.query).get(name, [""])[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller gets."""

    status: int
    content: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def json_answer(status: int, document: object, **headers: str) -> Answer:
    """An answer that holds the document as JSON; a header's name is given with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, json.dumps(document).encode(), headers=named)


class Application:
    """An ASGI application: reads a request, answers it by `respond`, logs a line."""

    __slots__ = ("_log", "_respond")

    def __init__(self, log: Log, respond: Callable[[Request], Answer]) -> None:
        """Answer by `respond`, a function that does not wait."""
        self._log = log
        self._respond = respond

    async def __call__(self, scope: Mapping[str, object], receive: Receive, send: Send) -> None:
        """Serve one exchange. Lifespan scopes are left at once: there is nothing to start."""
        if scope["type"] != "http":
            return
        request = await _read(scope, receive)
        answer = self._respond(request)
        await _write(request, answer, send)
        self._log.line(
            "info",
            f"{request.method} {request.path} {answer.status}",
            request.request_id,
            status=answer.status,
        )


async def _read(scope: Mapping[str, object], receive: Receive) -> Request:
    match scope:
        case {
            "method": str() as method,
            "path": str() as path,
            "query_string": bytes() as query,
            "headers": headers,
            "server": (str(), int() as port),
        }:
            return Request(
                port=port,
                method=method,
                path=path,
                query=query.decode("latin-1"),
                headers=_headers(cast("Iterable[tuple[bytes, bytes]]", headers)),
                body=await _body(receive),
            )
        case _:
            message = f"not an HTTP scope: {scope}"
            raise TypeError(message)


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in pairs}


async def _body(receive: Receive) -> bytes | None:
    """The body; what is too long is read to its end and thrown away, so that an answer arrives."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        if isinstance(part, bytes):
            size += len(part)
            if size <= _BIGGEST_BODY_BYTES:
                parts.append(part)
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return b"".join(parts) if size <= _BIGGEST_BODY_BYTES else None


async def _write(request: Request, answer: Answer, send: Send) -> None:
    headers = {**answer.headers}
    if answer.content:
        headers["content-type"] = answer.content_type
    headers["content-length"] = str(len(answer.content))
    if request.request_id is not None:
        headers["x-request-id"] = request.request_id
    if answer.status == _NO_CONTENT:
        del headers["content-length"]
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.content})
