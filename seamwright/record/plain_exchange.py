"""Exchanges whose messages are plain: read without a state machine, several times as fast.

Plain is a message of HTTP/1.1 with a method of the common ones, well-formed headers, a body of a
told length and nothing behind it, on a connection that stays open. What is not, h11 reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from seamwright.record.observation import Request, Response

if TYPE_CHECKING:
    from seamwright.record.observation import Headers

_FIELDS = rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[!-~](?:[ -~]*[!-~])?\r\n)*)\r\n"
_REQUEST = re.compile(rb"(GET|POST|PUT|PATCH|DELETE|OPTIONS) ([!-~]+) HTTP/1\.1\r\n" + _FIELDS)
_RESPONSE = re.compile(rb"HTTP/1\.1 ([2-5]\d\d)(?: [ -~]*)?\r\n" + _FIELDS)
_FIELD = re.compile(r"([^:\r\n]+): ?([^\r\n]+)\r\n")
_LENGTH = re.compile(r"\d{1,6}")
_LARGEST_HEAD = 1 << 16
_NO_CONTENT = 204
_NOT_MODIFIED = 304
_ODD = frozenset({"transfer-encoding", "upgrade", "expect"})


class Piece(Protocol):
    """Bytes of one direction, or the end of a connection, at a moment."""

    @property
    def at_s(self) -> float:
        """The moment."""
        ...

    @property
    def kind(self) -> str:
        """A direction, or how the connection began or ended."""
        ...

    @property
    def data(self) -> bytes:
        """The bytes."""
        ...


class PlainExchanges:
    """A connection, as long as all that is said on it is plain.

    Attributes:
        held: the pieces of the exchange that is under way.
        odd: whether it is not plain.
    """

    def __init__(self) -> None:
        """Begin where neither side has said anything."""
        self.held: list[Piece] = []
        self.odd = False
        self._request: Request | None = None
        self._bytes = b""

    def feed(self, piece: Piece) -> tuple[Request, Response] | None:
        """Take one piece; give the exchange that it completes: its pieces are those held."""
        if piece.kind not in "<>":
            return None
        self.held.append(piece)
        self._bytes += piece.data
        if piece.kind == ">":
            self._ask()
            return None
        response = self._tell()
        if response is None or self._request is None:
            return None
        whole = self._request, response
        self._request, self._bytes = None, b""
        return whole

    def _ask(self) -> None:
        if self._request is not None:
            self.odd = True
            return
        head = self._head(_REQUEST)
        if head is None:
            return
        headers, body = head
        told = [value for name, value in headers if name == "content-length"]
        hosts = sum(name == "host" for name, _ in headers)
        length = _length(headers, told, 0) if hosts == 1 else None
        if length is None or len(body) > length:
            self.odd = True
        elif len(body) == length:
            method, target, _ = self._bytes.split(b" ", 2)
            self._request = Request(method.decode(), target.decode(), headers, body)
            self._bytes = b""

    def _tell(self) -> Response | None:
        if self._request is None:
            self.odd = True
            return None
        head = self._head(_RESPONSE)
        if head is None:
            return None
        headers, body = head
        status = int(self._bytes[9:12])
        told = [value for name, value in headers if name == "content-length"]
        length = _length(headers, told, 0 if status == _NO_CONTENT else None)
        if (
            length is None
            or len(body) > length
            or status == _NOT_MODIFIED
            or (status == _NO_CONTENT and length)
        ):
            self.odd = True
        elif len(body) == length:
            return Response(status, headers, body)
        return None

    def _head(self, form: re.Pattern[bytes]) -> tuple[Headers, bytes] | None:
        """The headers and what came of the body; None where there is more to come, or it is odd."""
        end = self._bytes.find(b"\r\n\r\n")
        if end < 0:
            self.odd = len(self._bytes) > _LARGEST_HEAD
            return None
        found = form.match(self._bytes)
        if found is None or found.end() != end + 4:
            self.odd = True
            return None
        fields = _FIELD.findall(found[found.re.groups].decode("latin-1"))
        return tuple((name.lower(), value) for name, value in fields), self._bytes[end + 4 :]


def _length(headers: Headers, told: list[str], absent: int | None) -> int | None:
    """How long a body is; None where it is not told in the plain way."""
    for name, value in headers:
        if name in _ODD or (name == "connection" and value.lower() != "keep-alive"):
            return None
    if not told:
        return absent
    return int(told[0]) if len(told) == 1 and _LENGTH.fullmatch(told[0]) else None
