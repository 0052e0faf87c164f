"""Pieces of relayed bytes: put aside at once, redacted and written a moment later.

The lines are those that record.wire reads again.
"""

from __future__ import annotations

import json
import time
from typing import IO, TYPE_CHECKING

from seamwright.record.redaction import StreamRedactor

if TYPE_CHECKING:
    from seamwright.record.redaction import Redactor


_PAUSE_S = 0.01
_LONGEST_S = 0.2
_MOST = 4_096


class WireWriter:
    """Pieces put aside, and the file that they go to."""

    def __init__(self, file: IO[str], redactor: Redactor) -> None:
        self._file = file
        self._redactor = redactor
        self._pending: list[tuple[float, str, int, str, bytes]] = []
        self._streams: dict[tuple[int, str], StreamRedactor] = {}
        self._edges: dict[int, str] = {}
        self.stamp = self._pending.append
        self._connections = 0

    def number(self) -> int:
        """A number for a new connection."""
        self._connections += 1
        return self._connections

    def flush_when_due(self, now_s: float) -> None:
        """Flush in a pause, or when pieces have been put aside for long or in numbers.

        Writing costs more than relaying; in the middle of an exchange it would be felt.
        """
        pending = self._pending
        if not pending:
            return
        paused = now_s - pending[-1][0] > _PAUSE_S
        if paused or now_s - pending[0][0] > _LONGEST_S or len(pending) > _MOST:
            self.flush()

    def flush(self) -> None:
        """Redact and write what was put aside."""
        if not self._pending:
            return
        pending = self._pending[:]
        self._pending.clear()
        for at_s, edge, number, kind, data in pending:
            if kind in "<>":
                stream = self._streams.setdefault((number, kind), StreamRedactor(self._redactor))
                self._write(at_s, edge, number, kind, stream.feed(data))
            elif kind == "+":
                self._edges[number] = edge
                self._line(at_s, edge, number, kind, b"")
            else:
                for direction in "><":
                    rest = self._streams.pop((number, direction), None)
                    if rest:
                        self._write(at_s, edge, number, direction, rest.end())
                self._edges.pop(number, None)
                self._line(at_s, edge, number, kind, b"")
        self._file.flush()

    def end(self) -> None:
        """Write all that is left, also what was held back on connections that are still open."""
        self.flush()
        numbers = {number for number, _ in self._streams}
        at_s = time.monotonic()
        for number in numbers:
            self.stamp((at_s, self._edges[number], number, "-", b""))
        self.flush()

    def _write(self, at_s: float, edge: str, number: int, kind: str, data: bytes) -> None:
        if data:
            self._line(at_s, edge, number, kind, data)

    def _line(self, at_s: float, edge: str, number: int, kind: str, data: bytes) -> None:
        line = [round(at_s, 6), edge, number, kind, data.decode("latin-1")]
        self._file.write(json.dumps(line, separators=(",", ":")) + "\n")
