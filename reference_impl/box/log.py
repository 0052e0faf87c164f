"""Log lines: one JSON object a line, on stdout."""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import UTC, datetime
from typing import Literal

Level = Literal["debug", "info", "warning", "error"]


class Log:
    """Writes one service's log lines."""

    __slots__ = ("_service",)

    def __init__(self, service: str) -> None:
        """Write lines that carry this service's name."""
        self._service = service

    def line(
        self, level: Level, message: str, request_id: str | None = None, **fields: object
    ) -> None:
        """Write one line.

        Args:
            level: how grave it is.
            message: what happened, in words.
            request_id: the `x-request-id` of the request that it belongs to, if any.
            fields: more facts; what JSON cannot hold is written as its `str`.
        """
        entry: dict[str, object] = {
            "ts": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": level,
            "service": self._service,
            "message": message,
        }
        if request_id is not None:
            entry["requestId"] = request_id
        entry.update(fields)
        # Whoever read the lines may be gone; a service does not fail because of that.
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.write(json.dumps(entry, default=str) + "\n")
            sys.stdout.flush()
