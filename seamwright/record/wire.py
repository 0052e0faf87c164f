"""What the tap relayed, put together again.

Each line of `wire.ndjson` is `[moment, edge, connection, kind, bytes as Latin-1]`:

    "+" opened   ">" caller to callee   "<" callee to caller   "-" closed   "!" reset   "x" refused
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from seamwright.record.conversation import HttpConversation
from seamwright.record.mail_dialogue import MailConversation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seamwright.record.observation import Exchange, Mail

Kind = Literal["+", ">", "<", "-", "!", "x"]


_KINDS = frozenset("+><-!x")


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of one direction, or the end of a connection, at a moment."""

    at_s: float
    kind: str
    data: bytes


def piece_of(line: object) -> tuple[str, int, Piece]:
    """The edge, the connection and the piece that a line means.

    Raises:
        ValueError: when it is not as this module's head says.
    """
    match line:
        case [
            float() | int() as at_s,
            str() as edge,
            int() as number,
            str() as kind,
            str() as text,
        ] if kind in _KINDS:
            return edge, number, Piece(float(at_s), kind, text.encode("latin-1"))
        case _:
            message = "expected [moment, edge, connection, kind, bytes]"
            raise ValueError(message)


class Wire:
    """What is under way on all connections; its memory grows with those that are open."""

    def __init__(self, protocols: Mapping[str, str]) -> None:
        """`protocols`: edge name → `http`, `smtp`, …; edges of others mean nothing."""
        self._protocols = protocols
        self._open: dict[int, HttpConversation | MailConversation] = {}

    def feed(self, edge: str, number: int, piece: Piece) -> Iterator[Exchange | Mail]:
        """Take one piece; give what it completes."""
        one = self._open.get(number)
        if one is None:
            match self._protocols.get(edge):
                case "http":
                    one = HttpConversation(edge, number)
                case "smtp":
                    one = MailConversation(edge, number)
                case _:
                    return
            self._open[number] = one
        yield from one.feed(piece)
        if piece.kind in "-!x":
            del self._open[number]
            yield from one.end()

    def end(self) -> Iterator[Exchange | Mail]:
        """What the connections that are still open have left."""
        for one in self._open.values():
            yield from one.end()
