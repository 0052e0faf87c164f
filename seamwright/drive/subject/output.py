"""What boxes write, line by line, into the record."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 16_384
"""Characters of a line that are kept."""
_LAST = 20
"""Lines of each box that a message about a failed boot may quote."""


class Output:
    """Reads the output of one box and hands its lines on."""

    def __init__(self, box: str, line: Callable[[str, str], None]) -> None:
        """Hand every line to `line(box, text)`."""
        self._box = box
        self._line = line
        self._read, self.write_fd = os.pipe()
        self._task: asyncio.Task[None] | None = None
        self._awaited: str | None = None
        self._said = asyncio.Event()
        self.last: deque[str] = deque(maxlen=_LAST)

    async def start(self) -> None:
        """Begin to read; call it once the process has the writing end."""
        os.close(self.write_fd)
        reader = asyncio.StreamReader(limit=_LONGEST)
        loop = asyncio.get_running_loop()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.connect_read_pipe(
            lambda: protocol, os.fdopen(self._read, "rb", buffering=0)
        )
        self._task = asyncio.create_task(self._pump(reader, transport))

    async def until(self, part: str) -> None:
        """Return once a line with this part has been written."""
        self._awaited = part
        self._notice(*self.last)
        await self._said.wait()

    def _notice(self, *lines: str) -> None:
        if self._awaited is not None and any(self._awaited in one for one in lines):
            self._said.set()

    async def end(self, patience_s: float) -> None:
        """Wait until the box has closed its output, but not for ever: a grandchild may hold it."""
        if self._task:
            await asyncio.wait([self._task], timeout=patience_s)
            self._task.cancel()

    async def _pump(self, reader: asyncio.StreamReader, transport: asyncio.BaseTransport) -> None:
        try:
            while True:
                try:
                    data = await reader.readuntil(b"\n")
                except asyncio.LimitOverrunError:
                    data = await reader.read(_LONGEST)
                except asyncio.IncompleteReadError as rest:
                    data = rest.partial
                if not data:
                    return
                text = data.decode(errors="replace").rstrip("\r\n")
                self.last.append(text)
                self._line(self._box, text)
                self._notice(text)
        finally:
            transport.close()
