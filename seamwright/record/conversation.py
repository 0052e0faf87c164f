"""HTTP exchanges out of the bytes of a connection.

h11 reads both directions, each side mirrored from what the other said, so that it knows which
answers have no body (HEAD, 204) and where a kept-alive connection's next exchange begins.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import h11

from seamwright.record.observation import Exchange, Request, Response
from seamwright.record.plain_exchange import PlainExchanges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seamwright.record.observation import Headers
    from seamwright.record.plain_exchange import Piece

_BROKEN = (h11.RemoteProtocolError, h11.LocalProtocolError)
_HEAD_LIMIT = 1 << 20
_BODY_LIMIT = 1 << 20
"""Bytes of a body that a record keeps in memory; more is counted as truncated."""


@dataclass(slots=True)
class _Draft:
    """An exchange while it is being read."""

    began_s: float
    ended_s: float
    request: h11.Request | None = None
    asked: bytes = b""
    response: h11.Response | None = None
    told: bytes = b""
    truncated: bool = False
    done: bool = False


class HttpConversation:
    """One connection, read piece by piece: an exchange is given as soon as it is whole."""

    def __init__(self, edge: str, number: int, *, all_by_h11: bool = False) -> None:
        """Begin with nothing said.

        Args:
            edge: over which it goes.
            number: of the connection, unique in the record.
            all_by_h11: also what is so plain that it needs no h11.
        """
        self._all_by_h11 = all_by_h11
        self._plain = None if all_by_h11 else PlainExchanges()
        self._edge = edge
        self._number = number
        self._reader: _Reader | None = None
        self._count = 0
        self._last = "-"
        self._span_s: tuple[float, float] | None = None

    def feed(self, piece: Piece) -> Iterator[Exchange]:
        """Take one piece; give the exchanges that it completes."""
        began_s, _ = self._span_s or (piece.at_s, piece.at_s)
        self._span_s = began_s, piece.at_s
        if piece.kind in "-!x":
            self._last = piece.kind
        if self._plain is None:
            yield from self._read(piece)
            if self._by_h11().is_idle and not self._all_by_h11:
                self._plain = PlainExchanges()
            return
        whole = self._plain.feed(piece)
        if whole is not None:
            began_s = self._plain.held[0].at_s
            self._plain.held.clear()
            self._count += 1
            id_ = f"w{self._number}.{self._count}"
            yield Exchange(id_, self._edge, began_s, piece.at_s, *whole)
        elif self._plain.odd:
            yield from self._no_longer_plain()

    def end(self) -> Iterator[Exchange]:
        """No more pieces come; give the exchange that was not completed, or never began."""
        yield from self._no_longer_plain()
        edge, last = self._edge, self._last
        reader = self._reader
        rest = reader.rest(closed=last == "-") if reader else None
        began_s, ended_s = self._span_s or (0.0, 0.0)
        if reader is not None and rest is not None:
            id_ = f"{self._number}.{self._count + 1}"
            yield _exchange(edge, id_, rest, _failure(last, rest, reader.broken))
        elif last == "x":
            id_ = f"w{self._number}.1"
            yield Exchange(id_, edge, ended_s, ended_s, None, None, "connection refused")
        elif self._count == 0 and last == "!":
            id_ = f"w{self._number}.1"
            yield Exchange(id_, edge, began_s, ended_s, None, None, "connection reset")

    def _no_longer_plain(self) -> Iterator[Exchange]:
        """From here on h11 reads what comes, and what was held back."""
        held = self._plain.held if self._plain else []
        self._plain = None
        for piece in held:
            yield from self._read(piece)

    def _by_h11(self) -> _Reader:
        """Made when it is needed: most connections never need it."""
        if self._reader is None:
            self._reader = _Reader()
        return self._reader

    def _read(self, piece: Piece) -> Iterator[Exchange]:
        for draft in self._by_h11().feed(piece):
            self._count += 1
            yield _exchange(self._edge, f"{self._number}.{self._count}", draft, "")


class _Reader:
    """Both directions of a connection, read in step."""

    def __init__(self) -> None:
        self._server = h11.Connection(h11.SERVER, max_incomplete_event_size=_HEAD_LIMIT)
        self._client = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_LIMIT)
        self._draft: _Draft | None = None
        self.broken = ""

    @property
    def is_idle(self) -> bool:
        """Whether all that was said has been read, and the next exchange may begin."""
        sides = (self._server, self._client)
        return (
            self._draft is None
            and not self.broken
            and all(
                one.our_state is h11.IDLE
                and one.their_state is h11.IDLE
                and one.trailing_data == (b"", False)
                for one in sides
            )
        )

    def feed(self, piece: Piece) -> Iterator[_Draft]:
        """Take one piece; give the exchanges that it completes."""
        if self.broken or piece.kind not in "<>":
            return
        draft = self._draft
        if draft is None:
            draft = _Draft(piece.at_s, piece.at_s)
            # The rest of a body that was answered before it was whole is no new request.
            if self._server.their_state is not h11.SEND_BODY:
                self._draft = draft
        draft.ended_s = piece.at_s
        try:
            if piece.kind == ">":
                self._server.receive_data(piece.data)
                self._ask(draft)
            else:
                self._client.receive_data(piece.data)
                self._tell(draft)
        except (*_BROKEN, AttributeError) as error:
            # h11 0.16 stumbles over its own message where a request comes after a wrong answer.
            self.broken = str(error)
            return
        if draft.done:
            self._draft = None
            yield draft

    def rest(self, *, closed: bool) -> _Draft | None:
        """The exchange that was not completed.

        An answer that has no length of its own is whole when its connection was closed in order.
        """
        draft = self._draft
        if closed and draft is not None and draft.response is not None and not self.broken:
            with contextlib.suppress(*_BROKEN):
                self._client.receive_data(b"")
                self._tell(draft)
        return draft

    def _ask(self, draft: _Draft) -> None:
        while True:
            event = self._server.next_event()
            match event:
                case h11.Request():
                    draft.request = event
                    self._client.send(event)
                case h11.Data():
                    draft.asked += bytes(event.data)[: _BODY_LIMIT - len(draft.asked)]
                    self._client.send(h11.Data(data=event.data))
                case h11.EndOfMessage():
                    self._client.send(event)
                    self._next_cycle()
                case _:
                    return

    def _tell(self, draft: _Draft) -> None:
        while True:
            event = self._client.next_event()
            match event:
                case h11.InformationalResponse():
                    self._server.send(event)
                case h11.Response():
                    draft.response = event
                    self._server.send(event)
                case h11.Data():
                    kept = bytes(event.data)[: _BODY_LIMIT - len(draft.told)]
                    draft.truncated |= len(kept) < len(event.data)
                    draft.told += kept
                    self._server.send(h11.Data(data=event.data))
                case h11.EndOfMessage():
                    self._server.send(event)
                    draft.done = True
                    self._next_cycle()
                    return
                case _:
                    return

    def _next_cycle(self) -> None:
        if self._server.our_state is h11.DONE and self._client.our_state is h11.DONE:
            self._server.start_next_cycle()
            self._client.start_next_cycle()


def _exchange(edge: str, number: str, draft: _Draft, failure: str) -> Exchange:
    asked, told = draft.request, draft.response
    whole = told if draft.done else None
    return Exchange(
        f"w{number}",
        edge,
        draft.began_s,
        draft.ended_s,
        asked
        and Request(
            asked.method.decode("latin-1"),
            asked.target.decode("latin-1"),
            read_headers(asked.headers),
            draft.asked,
        ),
        whole
        and Response(whole.status_code, read_headers(whole.headers), draft.told, draft.truncated),
        "" if draft.done else failure,
    )


def _failure(last: str, draft: _Draft, broken: str) -> str:
    if draft.done:
        return ""
    if broken:
        return f"not HTTP: {broken}"
    return {"!": "connection reset", "x": "connection refused"}.get(last, "connection closed")


def read_headers(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers as h11 gives them, their names in lower case, as a record has them."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
