"""Both sides of a relayed connection: bytes go on unchanged, and so does the way it ends."""

from __future__ import annotations

import asyncio
import socket
import struct
from time import monotonic
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.drive.edges.wire_writer import WireWriter

_HIGH_WATER = 1 << 18
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Side(asyncio.Protocol):
    """One side of a relayed connection."""

    def __init__(self, kind: str, edge: str, number: int, wire: WireWriter) -> None:
        self._kind = kind
        self._edge = edge
        self._number = number
        self._stamp = wire.stamp
        self.transport: asyncio.Transport | None = None
        self.other: Side | None = None
        self._early: list[bytes] = []
        self._forward: Callable[[bytes], None] = self._early.append
        self._eof = False
        self._ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        # uvloop's transports do all that asyncio.Transport says, without being one.
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=_HIGH_WATER)

    def data_received(self, data: bytes) -> None:
        """Stamp a piece and pass it on."""
        self._stamp((monotonic(), self._edge, self._number, self._kind, data))
        self._forward(data)

    def join(self, other: Side) -> None:
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
        self._forward = self.other.transport.write
        for data in self._early:
            self._forward(data)
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
        """End the other side in the same way."""
        reset = isinstance(exc, ConnectionResetError)
        self.end("!" if reset else "-")
        if self.other is not None:
            self.other.end("")
            self.other.close(reset=reset)

    def end(self, kind: str) -> None:
        """Note the end of the connection, once."""
        if not self._ended and kind:
            self._stamp((monotonic(), self._edge, self._number, kind, b""))
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
        """Let the other side wait: more is on its way than can be passed on."""
        source = self._source()
        if source is not None:
            source.pause_reading()

    def resume_writing(self) -> None:
        """Let the other side go on."""
        source = self._source()
        if source is not None:
            source.resume_reading()

    def _source(self) -> asyncio.Transport | None:
        """Where what is written here comes from, as long as it is open."""
        transport = self.other.transport if self.other is not None else None
        return None if transport is None or transport.is_closing() else transport


class Caller(Side):
    """The caller's side: opens the way to the proxy as soon as it is there."""

    def __init__(self, edge: str, upstream: int, wire: WireWriter) -> None:
        super().__init__(">", edge, wire.number(), wire)
        self._upstream = upstream
        self._wire = wire
        self._opening: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the beginning, and open the way."""
        super().connection_made(transport)
        self._stamp((monotonic(), self._edge, self._number, "+", b""))
        self._opening = asyncio.get_running_loop().create_task(self._open())

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        make: Callable[[], Side] = lambda: Side("<", self._edge, self._number, self._wire)  # noqa: E731 - a factory
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
