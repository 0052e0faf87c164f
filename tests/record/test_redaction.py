"""Secrets are gone before the disk, and nothing else is."""

from __future__ import annotations

import base64

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seamwright.record.redaction import Redactor, StreamRedactor

SECRET = "s3cret-token"
REDACTOR = Redactor(frozenset({SECRET, "abcabc", "abcabcdef", "short"}))
HEADERS = b"Host: b\r\nAuthorization: Basic eDp5\r\nX-Y: AUTH\r\n\r\n"


def _streamed(parts: list[bytes], redactor: Redactor = REDACTOR) -> bytes:
    stream = StreamRedactor(redactor)
    return b"".join([*(stream.feed(one) for one in parts), stream.end()])


def test_known_secrets_are_replaced_in_the_same_length() -> None:
    """A secret anywhere becomes as many asterisks; a short one is an ordinary word."""
    data = f"a {SECRET} b short".encode()
    assert b"a " + b"*" * 12 + b" b short" == REDACTOR.data(data)
    assert "?key=************" == REDACTOR.text(f"?key={SECRET}")


def test_a_secret_in_base64_is_replaced_too() -> None:
    """A password as mail clients say it (RFC 4954) is gone as well."""
    coded = base64.b64encode(SECRET.encode())
    assert b"*" * len(coded) + b"\r\n" == REDACTOR.data(coded + b"\r\n")


def test_the_longest_secret_wins() -> None:
    """Of two secrets that begin alike, all of the longer one is gone."""
    assert b"*********" == REDACTOR.data(b"abcabcdef")


def test_without_secrets_only_headers_are_redacted() -> None:
    """A run without secrets still hides the headers that carry them."""
    cleaned = Redactor(frozenset()).data(HEADERS)
    assert HEADERS.replace(b"Basic eDp5", b"*" * 10) == cleaned
    assert len(HEADERS) == len(cleaned)


@pytest.mark.parametrize(
    "line",
    [b"cookie: a=b", b"Set-Cookie:a", b"APIKEY : k", b"AUTH PLAIN AGEAYg==", b"auth\t login  eA=="],
)
def test_headers_that_carry_secrets_lose_their_values(line: bytes) -> None:
    """Their names stay, in HTTP and in SMTP."""
    cleaned = REDACTOR.data(b"x\r\n" + line + b"\r\ny")
    assert len(line) + 6 == len(cleaned)
    assert line[-1:] not in cleaned[-6:-3]
    assert cleaned.startswith(b"x\r\n" + line[:4])


def test_header_pairs_lose_their_values() -> None:
    """A sensitive header is redacted whole, another where a secret stands in it."""
    pairs = (("authorization", "Bearer x"), ("x-note", f"is {SECRET}"), ("cookie", ""))
    expected = (("authorization", "*" * 8), ("x-note", "is " + "*" * 12), ("cookie", ""))
    assert expected == REDACTOR.headers(pairs)


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_secret_split_anywhere_is_found(one: int, other: int) -> None:
    """Wherever a stream is cut, it comes out as if it had come whole."""
    data = f'{{"token": "{SECRET}", "n": 1}}\r\n'.encode()
    first, second = sorted((one, other))
    assert REDACTOR.data(data) == _streamed([data[:first], data[first:second], data[second:]])


PIECE = st.sampled_from(
    [
        b"abc",
        b"abcabcdef",
        b"\n",
        b"\r\n",
        b"cookie",
        b": ",
        b"x",
        b"AUTH PLAIN ",
        b"*",
        b"s3cret",
        b"-token",
    ]
)


@given(st.lists(PIECE, max_size=12))
@example([b"x", b"cookie", b": ", b"abc", b"\n"])
@example([b"abcabc", b"abcabc"])
def test_a_stream_is_redacted_as_its_whole(parts: list[bytes]) -> None:
    """Nothing else is altered, nothing is lost, and no secret gets through."""
    assert REDACTOR.data(b"".join(parts)) == _streamed(parts)


@pytest.mark.parametrize(
    "body",
    [
        b'HTTP/1.1 200 OK\r\n\r\n{"ok": true}',
        b"x\n  ",
        b"0\r\n\r\n",
        b"text in full",
        b"\xff\x00",
    ],
)
def test_the_tail_of_an_ordinary_body_is_not_held_back(body: bytes) -> None:
    """What cannot be the beginning of a secret is told at once."""
    assert body == StreamRedactor(REDACTOR).feed(body)


def test_what_may_become_a_secret_is_held_back() -> None:
    """The beginning of a secret and an unfinished sensitive header wait for the rest."""
    stream = StreamRedactor(REDACTOR)
    assert b"x " == stream.feed(b"x s3cr")
    assert b"s3crx\r\n" == stream.feed(b"x\r\nauthoriz")
    assert b"authorization: **\r\n" == stream.feed(b"ation: ab\r\n")
    assert b"" == stream.end()


def test_a_line_without_end_is_let_through() -> None:
    """No header is as long as eight KiB: such a line is not held back for ever."""
    line = b"cookie: " + b"z" * 9_000
    assert len(line) == len(StreamRedactor(REDACTOR).feed(line))
