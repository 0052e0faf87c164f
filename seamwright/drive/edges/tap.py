"""The tap: relays the bytes of every edge and stamps them, in a process of its own.

    caller ──▶ tap ──▶ Toxiproxy proxy ──▶ box
                │
                └──▶ wire.ndjson, read again by record.wire

It parses nothing: what the bytes mean is found out when the record is read. On its way through, a
piece is only stamped and put aside; every 20 ms what was put aside is redacted and written.

Run as `python -m seamwright.drive.edges.tap`: a JSON object (`TapOrder`) comes on standard input,
`ready` goes out on standard output once all listeners are open, and the end of the input ends it.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypedDict, cast

import uvloop

from seamwright.record.redaction import Redactor, StreamRedactor

if TYPE_CHECKING:
    from collections.abc import Callable

_FLUSH_S = 0.02
_HIGH_WATER = 1 << 18
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TappedEdge(TypedDict):
    """One edge: where its caller connects, and where its proxy listens."""

    edge: str
    listen: int
    upstream: int


class TapOrder(TypedDict):
    """What the harness tells the tap."""

    edges: list[TappedEdge]
    wire: str
    secrets: list[str]


class _Wire:
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


class _Side(asyncio.Protocol):
    """One side of a relayed connection."""

    def __init__(self, kind: str, edge: str, number: int, wire: _Wire) -> None:
        self._kind = kind
        self._edge = edge
        self._number = number
        self._stamp = wire.stamp
        self.transport: asyncio.Transport | None = None
        self.other: _Side | None = None
        self._early: list[bytes] = []
        self._eof = False
        self._ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do all that asyncio.Transport says, without being one.
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=_HIGH_WATER)

    def data_received(self, data: bytes) -> None:
        self._stamp((time.monotonic(), self._edge, self._number, self._kind, data))
        other = self.other
        if other is not None and other.transport is not None:
            other.transport.write(data)
        else:
            self._early.append(data)

    def join(self, other: _Side) -> None:
        """Relay to each other from now on, what came early first.

        Either side may have spoken already: a mail server greets before it is asked.
        """
        self.other, other.other = other, self
        self.catch_up()
        other.catch_up()

    def catch_up(self) -> None:
        """Hand on what came before the other side was there."""
        if self.other is None or self.other.transport is None:
            return
        for data in self._early:
            self.other.transport.write(data)
        if self._eof:
            self.other.transport.write_eof()
        self._early.clear()

    def eof_received(self) -> bool:
        """Pass the end of one direction on; the connection ends with the second."""
        self._eof = True
        other = self.other
        if other is None or other.transport is None:
            return True
        if other.has_ended_sending and not other.transport.is_closing():
            other.transport.close()
            return False
        if other.transport.can_write_eof():
            other.transport.write_eof()
        return True

    @property
    def has_ended_sending(self) -> bool:
        """Whether nothing more will come from there."""
        return self._eof

    def connection_lost(self, exc: Exception | None) -> None:
        reset = isinstance(exc, ConnectionResetError)
        self.end("!" if reset else "-")
        if self.other is not None:
            self.other.end("")
            self.other.close(reset=reset)

    def end(self, kind: str) -> None:
        """Note the end of the connection, once."""
        if not self._ended and kind:
            self._stamp((time.monotonic(), self._edge, self._number, kind, b""))
            if self.other is not None:
                self.other.mark_ended()
        self._ended = True

    def mark_ended(self) -> None:
        """The other side has noted the end."""
        self._ended = True

    def close(self, *, reset: bool) -> None:
        """Close this side, with a reset if the other was: the caller sees the same."""
        transport = self.transport
        if transport is None or transport.is_closing():
            return
        if reset:
            sock: socket.socket | None = transport.get_extra_info("socket")
            if sock is not None:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            transport.abort()
        else:
            transport.close()

    def pause_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.resume_reading()


class _Caller(_Side):
    """The caller's side: opens the way to the proxy as soon as it is there."""

    def __init__(self, edge: str, upstream: int, wire: _Wire) -> None:
        super().__init__(">", edge, wire.number(), wire)
        self._upstream = upstream
        self._wire = wire
        self._opening: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._stamp((time.monotonic(), self._edge, self._number, "+", b""))
        self._opening = asyncio.get_running_loop().create_task(self._open())

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        make: Callable[[], _Side] = lambda: _Side("<", self._edge, self._number, self._wire)  # noqa: E731 - a factory
        try:
            _, callee = await loop.create_connection(make, "127.0.0.1", self._upstream)
        except OSError:
            self.end("x")
            self.close(reset=True)
            return
        if self.transport is None or self.transport.is_closing():
            callee.mark_ended()
            callee.close(reset=False)
            return
        self.join(callee)


async def _serve(order: TapOrder, file: IO[str]) -> None:
    loop = asyncio.get_running_loop()
    wire = _Wire(file, Redactor(frozenset(order["secrets"])))

    def factory(one: TappedEdge) -> Callable[[], _Caller]:
        return lambda: _Caller(one["edge"], one["upstream"], wire)

    for one in order["edges"]:
        await loop.create_server(factory(one), "127.0.0.1", one["listen"], backlog=512)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), _watch, ended)
    while not ended.is_set():
        try:
            async with asyncio.timeout(_FLUSH_S):
                await ended.wait()
        except TimeoutError:
            wire.flush()
    # Connections that have just ended get the moment to say so.
    await asyncio.sleep(_FLUSH_S)
    wire.end()


def _watch(ended: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        ended.set()


def main() -> None:
    """Relay until the input ends."""
    order: TapOrder = json.loads(sys.stdin.readline())
    with Path(order["wire"]).open("a", encoding="ascii") as file:
        uvloop.run(_serve(order, file))


if __name__ == "__main__":
    main()
