"""What the children write, turned into log lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from reference_impl.box.log import Log

_REQUEST = "LOG:  {"
_GRAVE = ("ERROR:", "FATAL:", "PANIC:", "WARNING:")


class Relay:
    """Puts one child's pieces of output together and logs them line by line."""

    __slots__ = ("_component", "_log", "_rest")

    def __init__(self, component: str, log: Log) -> None:
        """Log lines that carry the child's name as `component`."""
        self._component = component
        self._log = log
        self._rest = b""

    def feed(self, piece: bytes) -> list[str]:
        """Log the lines that end in this piece, and return them; the rest waits for its end."""
        *ended, self._rest = (self._rest + piece).split(b"\n")
        lines = [line.decode(errors="replace").strip() for line in ended]
        for line in lines:
            self._write(line)
        return lines

    def _write(self, line: str) -> None:
        if line.startswith(_REQUEST) and self._write_request(line.removeprefix("LOG:").strip()):
            return
        if line:
            level = "warning" if line.startswith(_GRAVE) else "info"
            self._log.line(level, line, component=self._component)

    def _write_request(self, text: str) -> bool:
        """The line that the schema's `trace.request` writes: says whether it was one."""
        try:
            entry: object = json.loads(text)
        except ValueError:
            return False
        match cast("dict[str, object]", entry):
            case {"message": str() as message, "requestId": request_id, "role": str() as role}:
                known = request_id if isinstance(request_id, str) else None
                self._log.line("info", message, known, role=role, component=self._component)
                return True
            case _:
                return False
