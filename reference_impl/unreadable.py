"""The answer to what is no HTTP: the one envelope, with a request ID, like any other."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from reference_impl import answer, request_id
from reference_impl.reception import COMMON
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from reference_impl.box.log import Log


def unreadable(log: Log) -> Callable[[], bytes]:
    """What makes that answer, whole; it has a log line like any other."""

    def refuse() -> bytes:
        id_ = request_id.fresh()
        refusal = Refusal("MALFORMED_REQUEST", "This cannot be read as HTTP.")
        made = answer.failure(refusal, id_, 0)
        log.line("info", "what is no HTTP was refused", id_, status=made.status)
        headers = [
            (b"content-type", made.media_type.encode()),
            (b"content-length", str(len(made.body)).encode()),
            (b"connection", b"close"),
            (request_id.HEADER.encode(), id_.encode()),
            *COMMON,
        ]
        line = f"HTTP/1.1 {made.status} {HTTPStatus(made.status).phrase}\r\n".encode()
        return line + b"".join(b"%b: %b\r\n" % one for one in headers) + b"\r\n" + made.body

    return refuse
