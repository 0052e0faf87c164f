"""What a box's HTTP parser answers itself: to bytes that no application can be asked about.

A broken request line or head never becomes a request, so no middleware sees it. The parser's own
words would be a second format of errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from collections.abc import Callable

    Refuse = Callable[[], bytes]

LARGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers."""

_LINGER_S = 1.0


class Intake(HttpToolsProtocol):
    """uvicorn's protocol, which refuses what cannot be read in the box's own form."""

    _head = 0
    _refused = False

    def refuse(self) -> bytes:
        """A whole HTTP answer that says `connection: close`."""
        raise NotImplementedError

    def data_received(self, data: bytes) -> None:
        """Read on, unless the connection is being ended already."""
        if not self._refused:
            super().data_received(data)

    def eof_received(self) -> None:
        """The caller will say nothing more: there is nobody to wait for."""
        if self._refused:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own words
        """Refuse, and end the connection once the caller had time to read why.

        To close at once, with bytes of the caller's unread, would reset the connection and may take
        the answer with it (RFC 9112, 9.6).
        """
        self._refused = True
        self.transport.write(self.refuse())
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGER_S, self.transport.close)

    def on_message_begin(self) -> None:
        """Begin to count anew."""
        super().on_message_begin()
        self._head = 0

    def on_url(self, url: bytes) -> None:
        """Take in a part of the target."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take in a header."""
        self._count(name + value)
        super().on_header(name, value)

    def _count(self, data: bytes) -> None:
        self._head += len(data)
        if self._head > LARGEST_HEAD:
            # The parser stops, and has it refused.
            message = "the head is too large"
            raise ValueError(message)


def intake(refusing: Refuse) -> type[Intake]:
    """A protocol whose refusals this function makes."""

    class Own(Intake):
        def refuse(self) -> bytes:
            return refusing()

    return Own
