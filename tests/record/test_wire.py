"""The tap's lines, put together by connection and read by protocol."""

from __future__ import annotations

import pytest

from seamwright.record.observation import Exchange, Mail
from seamwright.record.wire import Wire, piece_of

PROTOCOLS = {"a→b": "http", "a→post": "smtp", "a→box": "imap"}
ASK = "GET / HTTP/1.1\r\nHost: b\r\n\r\n"
TELL = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\xff"


def _read(*lines: object) -> list[Exchange | Mail]:
    wire = Wire(PROTOCOLS)
    whole = [one for line in lines for one in wire.feed(*piece_of(line))]
    return [*whole, *wire.end()]


def test_connections_are_told_apart() -> None:
    """Of two connections whose pieces are mixed, each gives what was said on it."""
    found = _read(
        [1, "a→b", 1, "+", ""],
        [2.0, "a→b", 2, "+", ""],
        [3, "a→b", 1, ">", ASK],
        [4, "a→b", 2, "!", ""],
        [5, "a→b", 1, ">", "x"],
    )
    assert ["w2.1", "w1.1"] == [one.id for one in found]


def test_an_exchange_is_given_as_soon_as_it_is_whole() -> None:
    """A connection that stays open does not hold back what was said on it."""
    wire = Wire(PROTOCOLS)
    assert [] == list(wire.feed(*piece_of([1, "a→b", 1, ">", ASK])))
    assert ["w1.1"] == [one.id for one in wire.feed(*piece_of([2, "a→b", 1, "<", TELL]))]
    assert [] == list(wire.end())


def test_each_edge_is_read_by_its_protocol() -> None:
    """HTTP gives exchanges, SMTP gives mails, and what cannot be read gives nothing."""
    first, second = _read(
        [1, "a→b", 1, ">", ASK],
        [2, "a→b", 1, "<", TELL],
        [3, "a→b", 1, "-", ""],
        [4, "a→post", 2, ">", "MAIL FROM:<a@a.test>\r\nDATA\r\n"],
        [5, "a→post", 2, "<", "250 ok\r\n354 go on\r\n"],
        [6, "a→post", 2, ">", "X: y\r\n\r\n.\r\n"],
        [7, "a→post", 2, "-", ""],
        [8, "a→box", 3, ">", "a1 NOOP\r\n"],
        [9, "a→box", 3, "-", ""],
        [10, "unknown", 4, "!", ""],
    )
    assert isinstance(first, Exchange)
    assert isinstance(second, Mail)
    assert b"\xff" == (first.response.body if first.response else b"")
    assert "a@a.test" == second.sender


@pytest.mark.parametrize(
    "line",
    [
        {},
        [1, "a→b", 1, ">"],
        ["1", "a→b", 1, ">", ""],
        [1, "a→b", 1, "", ""],
        [1, "a→b", 1, "-!", ""],
        [1, "a→b", 1, ">", "€"],
        [1, "a→b", 1, ">", None],
    ],
)
def test_a_line_of_another_form_is_refused(line: object) -> None:
    """Five values, a kind that exists, and bytes as Latin-1: nothing else is read."""
    with pytest.raises(ValueError, match=r"expected|codec"):
        piece_of(line)
