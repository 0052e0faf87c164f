"""What the tap relayed, put together again.

Each line of `wire.ndjson` is `[moment, edge, connection, kind, bytes as Latin-1]`:

    "+" opened   ">" caller to callee   "<" callee to caller   "-" closed   "!" reset   "x" refused
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from seamwright.record.conversation import http_exchanges
from seamwright.record.mail_dialogue import mails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from seamwright.record.observation import Exchange, Mail

Kind = Literal["+", ">", "<", "-", "!", "x"]


_KINDS = frozenset("+><-!x")


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of one direction, or the end of a connection, at a moment."""

    at_s: float
    kind: str
    data: bytes


@dataclass(slots=True)
class Connection:
    """All pieces of one connection on one edge, in order."""

    edge: str
    number: int
    pieces: list[Piece] = field(default_factory=list[Piece])


def connections(lines: Iterable[object]) -> Iterator[Connection]:
    """Connections, each given when it has ended; those still open come last.

    Raises:
        ValueError: when a line is not as this module's head says.
    """
    open_: dict[int, Connection] = {}
    for line in lines:
        edge, number, piece = piece_of(line)
        one = open_.setdefault(number, Connection(edge, number))
        one.pieces.append(piece)
        if piece.kind in "-!x":
            yield open_.pop(number)
    yield from open_.values()


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


def observations(
    lines: Iterable[object], protocols: Mapping[str, str]
) -> Iterator[Exchange | Mail]:
    """What the pieces mean, by each edge's protocol; edges of other protocols mean nothing.

    Args:
        lines: the parsed lines of a wire file.
        protocols: edge name → `http`, `smtp`, …
    """
    for connection in connections(lines):
        protocol = protocols.get(connection.edge)
        if protocol == "http":
            yield from http_exchanges(connection.edge, connection.number, connection.pieces)
        elif protocol == "smtp":
            yield from mails(connection.edge, connection.number, connection.pieces)
