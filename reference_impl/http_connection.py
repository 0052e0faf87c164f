"""One HTTP/1.1 connection, one exchange at a time, read by the parser that uvicorn brings along."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from httptools import HttpParserError, HttpResponseParser

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_BYTES = 32 << 20
_INTERIM = 200


class Broken(Exception):
    """The connection ended, or what came is no HTTP.

    Attributes:
        untouched: whether not a byte of an answer had come.
    """

    def __init__(self, reason: str, *, untouched: bool) -> None:
        """Keep what decides whether a fresh connection is worth an attempt."""
        super().__init__(reason)
        self.untouched = untouched


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpConnection(asyncio.Protocol):
    """Made by `loop.create_connection`; `free` tells whether it can carry another exchange."""

    def __init__(self) -> None:
        """Not connected yet."""
        self.free = False
        self.used = False
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Reply] | None = None
        self._begin()

    async def exchange(self, request: bytes) -> Reply:
        """Send a whole request and wait for its whole answer.

        Raises:
            Broken: when the connection ends before, or the answer is no HTTP.
        """
        if self._transport is None or not self.free:
            raise Broken("the connection was closed", untouched=True)
        self.free = False
        self._begin()
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._waiting
        finally:
            self._waiting = None
            self.used = True
            if not self.free:
                self.abort()

    def abort(self) -> None:
        """Close at once: what is still on its way belongs to nobody."""
        self.free = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready for the first exchange."""
        self._transport = cast("asyncio.Transport", transport)
        self.free = True

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits learns of it; an answer that ends with its connection is whole now."""
        self.free = False
        self._transport = None
        if self._unframed and exc is None:
            self._complete()
        else:
            self._break(f"the connection ended: {exc or 'closed by the other side'}")

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which calls the methods below."""
        if self._waiting is None or self._waiting.done():
            self.abort()
            return
        self._size += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            self._break(f"no HTTP: {error}")
        if self._size > _MAX_BYTES:
            self._break("the answer does not end")

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header of the answer."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """Find out how the end of the body will be known."""
        status = self._parser.get_status_code()
        framed = {"content-length", "transfer-encoding"} & self._headers.keys()
        self._unframed = not framed and status >= _INTERIM and status not in (204, 304)

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._parts.append(body)

    def on_message_complete(self) -> None:
        """The answer is whole, unless it was an interim one (1xx)."""
        if self._parser.get_status_code() >= _INTERIM:
            self.free = bool(self._parser.should_keep_alive())
            self._complete()
        self._headers = {}

    def _begin(self) -> None:
        self._parser = HttpResponseParser(self)
        self._headers: dict[str, str] = {}
        self._parts: list[bytes] = []
        self._size = 0
        self._unframed = False

    def _complete(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            status = self._parser.get_status_code()
            self._waiting.set_result(Reply(status, self._headers, b"".join(self._parts)))

    def _break(self, reason: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Broken(reason, untouched=self._size == 0))
        self.abort()
