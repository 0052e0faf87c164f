"""The one envelope that every answer comes in, success or failure.

{"success": true,  "data": …,                                 "meta": {"requestId", "duration"}}
{"success": false, "error": {"code", "message", "retryable"}, "meta": {"requestId", "duration"}}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Send

    from reference_impl.refusal import Refusal
    from seamwright.contract import Message

JSON = "application/json"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out.

    Attributes:
        status: HTTP status.
        body: whole.
        media_type: of the body.
        headers: further ones, in lower case.
    """

    status: int
    body: bytes
    media_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()


def plain(data: Message) -> bytes:
    """A message as JSON; what is absent is left out rather than null."""
    return data.__pydantic_serializer__.to_json(data, exclude_none=True)


def success(data: Message, status: int, request_id: str, duration_ms: float) -> Answer:
    """The data in the envelope of a success."""
    meta = to_json({"requestId": request_id, "duration": _duration(duration_ms)})
    return Answer(status, b'{"success":true,"data":%b,"meta":%b}' % (plain(data), meta))


def failure(refusal: Refusal, request_id: str, duration_ms: float) -> Answer:
    """The refusal in the envelope of a failure."""
    body = to_json(
        {
            "success": False,
            "error": {
                "code": refusal.code,
                "message": refusal.message,
                "retryable": refusal.retryable,
            },
            "meta": {"requestId": request_id, "duration": _duration(duration_ms)},
        }
    )
    return Answer(refusal.status, body, headers=tuple(refusal.headers.items()))


def bare(data: Message, status: int) -> Answer:
    """The data without an envelope, for the answers that the contract exempts."""
    return Answer(status, plain(data))


def page(markup: str, status: int = 200) -> Answer:
    """A page for people; it may bring its own style, and nothing from elsewhere."""
    guard = "default-src 'none'; style-src 'unsafe-inline'"
    return Answer(status, markup.encode(), _HTML, (("content-security-policy", guard),))


async def give(answer: Answer, send: Send, common: Iterable[tuple[bytes, bytes]]) -> None:
    """Send an answer, with the headers that all answers have."""
    headers = [
        (b"content-type", answer.media_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        *common,
        *((name.encode(), value.encode()) for name, value in answer.headers),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _duration(duration_ms: float) -> float:
    return max(0.0, round(duration_ms, 3))
