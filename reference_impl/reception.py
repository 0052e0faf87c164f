"""What every request passes first and every answer last, whatever is asked for.

request ID ─▶ version ─▶ router ─▶ door ─▶ endpoint
▲                                         │
└── headers · envelope of failures · log ◀┘
"""

from __future__ import annotations

import time
import traceback
from typing import TYPE_CHECKING

from contracts import SYSTEM
from reference_impl import answer, request_id
from reference_impl.body import Gone
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from reference_impl.answer import Answer
    from reference_impl.box.log import Log

REQUEST_ID = "reference.request_id"
STARTED = "reference.started"
ANSWER = "reference.answer"
ROUTE = "reference.route"
_MS = 1_000
_BROKEN = 500
_VERSION_HEADER = SYSTEM.version.header.encode() if SYSTEM.version else b""
_VERSION = SYSTEM.version.current.encode() if SYSTEM.version else b""
COMMON = ((_VERSION_HEADER, _VERSION),)
"""The headers of every answer, beside its request ID."""


class Reception:
    """The outermost ASGI application of a service."""

    def __init__(self, inner: ASGIApp, log: Log) -> None:
        """`inner` leaves an `Answer` in the scope, or raises."""
        self._inner = inner
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, and its one answer out."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        started = time.perf_counter()
        id_ = request_id.read(scope["headers"])
        scope[REQUEST_ID] = id_
        scope[STARTED] = started
        try:
            found = await self._answer(scope, receive, send, id_)
        except Gone:
            self._log.line("info", "the caller hung up", id_, path=scope["path"])
            return
        common = [(request_id.HEADER.encode(), id_.encode()), *COMMON]
        await answer.give(found, send, common)
        self._log.line(
            "info",
            "request",
            id_,
            method=scope["method"],
            route=scope.get(ROUTE, ""),
            status=found.status,
            durationMs=elapsed_ms(started),
        )

    async def _answer(self, scope: Scope, receive: Receive, send: Send, id_: str) -> Answer:
        try:
            _demand_version(scope)
            await self._inner(scope, receive, send)
            made: Answer = scope[ANSWER]
        except Refusal as refusal:
            level = "error" if refusal.status >= _BROKEN else "warning"
            for note in _notes(refusal):
                self._log.line(level, note, id_, code=refusal.code)
            return answer.failure(refusal, id_, elapsed_ms(scope[STARTED]))
        except Gone:
            raise
        # Nothing that goes wrong behind the door may be answered by anyone but the door.
        except Exception as error:  # noqa: BLE001
            text = f"{type(error).__name__}: {error}"
            self._log.line("error", text, id_, path=scope["path"], trace=traceback.format_exc())
            refusal = Refusal("INTERNAL_ERROR", "Something went wrong here; it has been logged.")
            return answer.failure(refusal, id_, elapsed_ms(scope[STARTED]))
        return made


def elapsed_ms(started: float) -> float:
    """Milliseconds since then, on the clock that `STARTED` is on."""
    return round((time.perf_counter() - started) * _MS, 3)


def _demand_version(scope: Scope) -> None:
    for name, value in scope["headers"]:
        if name == _VERSION_HEADER and value != _VERSION:
            message = f"Only version {_VERSION.decode()} of this API exists."
            code = SYSTEM.version.unsupported if SYSTEM.version else "MALFORMED_REQUEST"
            raise Refusal(code, message)


def _notes(error: BaseException) -> list[str]:
    return list(getattr(error, "__notes__", ()))
