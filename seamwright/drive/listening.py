"""Answers read out of the bytes of one connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import h11

from seamwright.record.conversation import read_headers
from seamwright.record.observation import Response, header

if TYPE_CHECKING:
    from collections.abc import Sequence

_LARGEST = 1 << 20
"""Bytes that are read on one connection; a hostile subject may send more."""

_LENGTH = "content-length"


@dataclass(frozen=True, slots=True)
class Heard:
    """What came on one connection.

    Attributes:
        answers: in order; fewer than were asked for where some did not come.
        failure: why the next one did not come, or "".
        beyond: what came after the last one, as it came.
    """

    answers: tuple[Response, ...]
    failure: str = ""
    beyond: bytes = b""


class Listening:
    """Reads answers out of bytes, one after the other, by the rules of RFC 9112."""

    def __init__(self, methods: Sequence[str]) -> None:
        """`methods` of the requests, in order: an answer to HEAD has no body."""
        self._methods = list(methods)
        self._answers: list[Response] = []
        self._head: h11.Response | None = None
        self._body = bytearray()
        self._failure = ""
        self._beyond = b""
        self._size = 0
        self.over = False
        self._parser: h11.Connection = self._next_parser()

    @property
    def told(self) -> bool:
        """Whether all answers came that were asked for."""
        return len(self._answers) == len(self._methods)

    def take(self, piece: bytes) -> None:
        """Take in what came; nothing is the end of the connection."""
        self._size += len(piece)
        self.over = not piece or self._size >= _LARGEST
        if self.told:
            self._beyond += piece
            return
        try:
            self._parser.receive_data(piece)
            while self._step():
                pass
        except h11.RemoteProtocolError as error:
            self.give_up(f"no HTTP came: {error}" if piece or self._head else "closed unanswered")
        if self.over and not self.told and not self._failure:
            cut = "more than a mebibyte came" if piece else "closed unanswered"
            self._cut() if self._head and piece else self.give_up(cut)

    def give_up(self, why: str) -> None:
        """No further answer comes."""
        self._failure = self._failure or ("" if self.told else why)
        self.over = True

    def wait_over(self, why: str) -> None:
        """No more is waited for; a stream that has begun is an answer, as far as it came."""
        if self._head is not None and header(read_headers(self._head.headers), _LENGTH) is None:
            self._cut()
        self.give_up(why)

    def heard(self) -> Heard:
        """What came."""
        return Heard(tuple(self._answers), self._failure, self._beyond[:_LARGEST])

    def _step(self) -> bool:
        event = self._parser.next_event()
        if isinstance(event, h11.Response):
            self._head = event
        elif isinstance(event, h11.Data):
            self._body += event.data
        elif isinstance(event, h11.EndOfMessage) and self._head is not None:
            rest = self._parser.trailing_data[0]
            self._answers.append(_response(self._head, bytes(self._body), truncated=False))
            self._head, self._body = None, bytearray()
            if self.told:
                self._beyond = rest
                return False
            self._parser = self._next_parser()
            self._parser.receive_data(rest) if rest else None
        elif event is h11.NEED_DATA or isinstance(event, h11.ConnectionClosed):
            return False
        return True

    def _cut(self) -> None:
        if self._head is not None:
            self._answers.append(_response(self._head, bytes(self._body), truncated=True))

    def _next_parser(self) -> h11.Connection:
        """A parser of the answer to the next request, of which only the method matters."""
        parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST)
        method = self._methods[len(self._answers)] or "GET"
        parser.send(h11.Request(method=method, target="/", headers=[("host", "a")]))
        parser.send(h11.EndOfMessage())
        return parser


def _response(head: h11.Response, body: bytes, *, truncated: bool) -> Response:
    return Response(head.status_code, read_headers(head.headers), body, truncated)
