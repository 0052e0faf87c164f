"""HTTP exchanges out of bytes, as they come over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seamwright.record.conversation import HttpConversation
from tests.record.bytes_of import asked, pieces, told

if TYPE_CHECKING:
    from seamwright.record.observation import Exchange

Part = tuple[str, bytes] | str


def _read(*parts: Part) -> list[Exchange]:
    conversation = HttpConversation("a→b", 7)
    return [
        *(one for part in pieces(*parts) for one in conversation.feed(part)),
        *conversation.end(),
    ]


def _short(*parts: Part) -> list[tuple[str, int | None, bytes, str]]:
    """Target, status, body and failure of each exchange."""
    return [
        (
            one.request.target if one.request else "",
            one.response.status if one.response else None,
            one.response.body if one.response else b"",
            one.failure,
        )
        for one in _read(*parts)
    ]


def test_one_exchange_is_whole() -> None:
    """Names in lower case, both bodies, moments of the first and the last byte, a stable id."""
    (one,) = _read("+", asked("POST", "/a?b=1", b"{}"), told(b"ok", head="X-Y: z\r\n"), "-")
    assert one.request is not None
    assert one.response is not None
    assert ("w7.1", "a→b", 0.1, 0.2, "") == (
        one.id,
        one.edge,
        one.began_s,
        one.ended_s,
        one.failure,
    )
    assert ("POST", "/a?b=1", "/a", b"{}") == (
        one.request.method,
        one.request.target,
        one.request.path,
        one.request.body,
    )
    assert (("host", "b"), ("content-length", "2")) == one.request.headers
    assert (("content-length", "2"), ("x-y", "z")) == one.response.headers


def test_a_kept_connection_carries_several() -> None:
    """Exchanges on one connection are told apart, and an idle end is no exchange."""
    parts = ["+", asked(target="/1"), told(b"1"), asked(target="/2"), told(b"2"), "!"]
    assert [("/1", 200, b"1", ""), ("/2", 200, b"2", "")] == _short(*parts)
    assert ["w7.1", "w7.2"] == [one.id for one in _read(*parts)]


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("HEAD", ("<", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")),
        ("GET", ("<", b"HTTP/1.1 204 No Content\r\n\r\n")),
        ("GET", ("<", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")),
    ],
)
def test_answers_without_a_body_end_with_their_head(method: str, answer: tuple[str, bytes]) -> None:
    """What comes after such an answer is the next one."""
    found = _short(asked(method, "/1"), answer, asked(target="/2"), told(b"2"), "-")
    assert [("/1", b""), ("/2", b"2")] == [(one[0], one[2]) for one in found]


def test_chunks_and_split_pieces_are_put_together() -> None:
    """A body in chunks, split anywhere, is one body; an early hint before it is passed over."""
    raw = b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    raw += b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    parts = [("<", raw[at : at + 1]) for at in range(len(raw))]
    request = [(">", bytes([one])) for one in asked(body=b"xy", method="PUT")[1]]
    assert [("/a", 200, b"abcde", "")] == _short(*request, *parts, "-")


def test_an_answer_may_end_with_its_connection() -> None:
    """An answer without a length is whole when its connection is closed, not when it is reset."""
    answer = ("<", b"HTTP/1.1 200 OK\r\n\r\nabc")
    assert [("/a", 200, b"abc", "")] == _short(asked(), answer, "-")
    assert [("/a", None, b"", "connection reset")] == _short(asked(), answer, "!")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["+", "!"], ("", None, b"", "connection reset")),
        (["+", "x"], ("", None, b"", "connection refused")),
        (["+", asked(), "x"], ("/a", None, b"", "connection refused")),
        (["+", asked(), "!"], ("/a", None, b"", "connection reset")),
        (["+", asked(), "-"], ("/a", None, b"", "connection closed")),
        (["+", (">", b"GET /a HT"), "!"], ("", None, b"", "connection reset")),
        (
            [asked(), ("<", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"), "-"],
            ("/a", None, b"", "connection closed"),
        ),
        (
            [asked(), ("<", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"), "!"],
            ("/a", None, b"", "connection reset"),
        ),
    ],
)
def test_what_broke_off_is_told(
    parts: list[Part], expected: tuple[str, int | None, bytes, str]
) -> None:
    """Each way to get no whole answer has its own words."""
    assert [expected] == _short(*parts)


def test_a_refusal_later_on_a_kept_connection_is_told() -> None:
    """The second request of a connection may be the one that got no answer."""
    found = _short(asked(target="/1"), told(), asked(target="/2"), "!")
    assert [("/1", ""), ("/2", "connection reset")] == [(one[0], one[3]) for one in found]


@pytest.mark.parametrize(
    "parts",
    [
        [(">", b"EHLO there\r\n\r\n"), "-"],
        [asked(), ("<", b"220 smtp ready\r\n\r\n"), told(), "-"],
        [("<", b"* OK IMAP ready\r\n\r\n"), "-"],
        [asked(), ("<", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "-"],
    ],
)
def test_what_is_not_http_is_told(parts: list[Part]) -> None:
    """Bytes of another protocol, on either side, make one exchange that says so."""
    ((_, status, _, failure),) = _short(*parts)
    assert None is status
    assert failure.startswith("not HTTP: ")


def test_nothing_said_is_no_exchange() -> None:
    """A connection that was only opened and closed is none."""
    assert [] == _short("+", "-")
    assert [] == _short()


def test_an_answer_before_the_whole_body_is_one_exchange() -> None:
    """The rest of a body that was refused early is not taken for another request."""
    head = b"POST /1 HTTP/1.1\r\nHost: b\r\nContent-Length: 4\r\n\r\nab"
    parts = [(">", head), told(b"no", "413 Too Large"), (">", b"cd"), asked(target="/2"), told()]
    assert [("/1", 413, b"no", ""), ("/2", 200, b"ok", "")] == _short(*parts, "-")
    assert [("/1", 413, b"no", "")] == _short(*parts[:3], "!")


def test_a_large_body_is_cut_and_said_to_be() -> None:
    """A record keeps the first MiB of a body."""
    (one,) = _read(asked("PUT", body=b"x" * (1 << 20) + b"y"), told(b"z" * ((1 << 20) + 1)), "-")
    assert one.request is not None
    assert one.response is not None
    assert [1 << 20, 1 << 20] == [len(one.request.body), len(one.response.body)]
    assert one.response.truncated
