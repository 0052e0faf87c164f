"""Tells the people on call, without holding up what it is about.

One alert a trouble: the next of its kind is sent only after the trouble was seen to be over.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pydantic_core import to_json

from reference_impl import moment
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from reference_impl.box.log import Log
    from reference_impl.callee import Callee


class Alerts:
    """The alert webhook of one service."""

    def __init__(self, service: str, webhook: Callee, log: Log) -> None:
        """Alerts carry the service's name; what cannot be delivered is logged."""
        self._service = service
        self._webhook = webhook
        self._log = log
        self._lasting: set[str] = set()
        # The loop itself keeps no task alive.
        self._under_way: set[asyncio.Task[None]] = set()

    def begin(self, code: str, message: str, request_id: str) -> None:
        """There is trouble; send an alert in the background, unless it is known already."""
        if code in self._lasting:
            return
        self._lasting.add(code)
        task = asyncio.create_task(self._send(code, message, request_id))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def end(self, code: str) -> None:
        """The trouble is over, or there was none."""
        self._lasting.discard(code)

    async def _send(self, code: str, message: str, request_id: str) -> None:
        body = to_json(
            {
                "service": self._service,
                "code": code,
                "message": message,
                "requestId": request_id,
                "at": moment.now(),
            }
        )
        try:
            await self._webhook.call("POST", "/", request_id, body, repeat=True)
        except Unreachable as error:
            # Nobody has heard of it, so the next sign of this trouble is told again.
            self._lasting.discard(code)
            self._log.line("error", f"alert not delivered: {error}", request_id, code=code)
