"""Bytes that are no HTTP, or no whole request: a server may answer by itself, or hang up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.aim import NOWHERE
from seamwright.drive.cases.misuse.raw_case import HEADERS, HOST, RawCase, RawRequest
from seamwright.record.observation import CaseLabel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.drive.cases.misuse.aim import Aim

_LONG = 70_000
_HEADERS = 300
_GET = f"GET {NOWHERE} HTTP/1.1\r\n".encode()
_POST = f"POST {NOWHERE} HTTP/1.1\r\n".encode()
_HOST = b"host: " + HOST + b"\r\n" + HEADERS
_KIND = b"content-type: application/json\r\n"
_CHUNKED = b"transfer-encoding: chunked\r\n"


@dataclass(frozen=True, slots=True)
class _Broken:
    reason: str
    bytes_: bytes
    leaves: bool = False
    ends: bool = False


def broken_cases(aim: Aim) -> Iterator[RawCase]:
    """Each kind of broken bytes once; where they name a route, it is one that does not exist."""
    for one in (*_lines(), *_headers(aim), *_bodies(), *_partings()):
        first = one.bytes_.partition(b"\r\n")[0][:200].decode("latin-1").split(" ")
        readable = len(first) > 1 and first[0].isascii() and first[0].isalpha()
        method, target = (first[0], first[1]) if readable else ("", "")
        label = CaseLabel(
            "",
            aim.service.name,
            None,
            Purpose.RAW,
            one.reason,
            request_id=None,
            valid=False,
            due=False,
        )
        requests = (RawRequest(label, method, target),)
        yield RawCase(requests, one.bytes_, leaves=one.leaves, ends=one.ends)


def _lines() -> Iterator[_Broken]:
    """The request line."""
    path = NOWHERE.encode()
    yield _Broken("no HTTP", b"\x00\x01\x02\xff\r\n\r\n")
    yield _Broken("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    yield _Broken("HTTP/9.9", b"GET " + path + b" HTTP/9.9\r\n" + _HOST + b"\r\n")
    yield _Broken("a blank in the target", b"GET " + path + b" b HTTP/1.1\r\n" + _HOST + b"\r\n")
    raw = b"/\xc3\xa9\xff HTTP/1.1\r\n"
    yield _Broken("a target that is not ASCII", b"GET " + path + raw + _HOST + b"\r\n")
    long = b"GET " + path + b"/" + b"a" * _LONG + b" HTTP/1.1\r\n"
    yield _Broken("a target of 70 kB", long + _HOST + b"\r\n")


def _headers(aim: Aim) -> Iterator[_Broken]:
    """The head without its first line."""
    yield _Broken("no host", _GET + HEADERS + b"\r\n")
    yield _Broken("two hosts", _GET + _HOST + b"host: b.test\r\n\r\n")
    yield _Broken("NUL in a header", _GET + _HOST + b"x-a: a\x00b\r\n\r\n")
    yield _Broken("a header without a colon", _GET + _HOST + b"x-a\r\n\r\n")
    yield _Broken("a blank before the colon", _GET + _HOST + b"x-a : a\r\n\r\n")
    yield _Broken("a header of 70 kB", _GET + _HOST + b"x-a: " + b"a" * _LONG + b"\r\n\r\n")
    yield _Broken("300 headers", _GET + _HOST + b"x-a: a\r\n" * _HEADERS + b"\r\n")
    if aim.system.request_id is not None:
        name = aim.system.request_id.headers[0].encode() + b": misuse-" + aim.service.name.encode()
        injected = b"x-misused: yes\r\n\r\n"
        yield _Broken("a request ID with CR", _GET + _HOST + name + b"-cr\r" + injected)
        yield _Broken("a request ID with LF", _GET + _HOST + name + b"-lf\n" + injected)
        yield _Broken("a request ID that is folded", _GET + _HOST + name + b"-f\r\n " + injected)


def _bodies() -> Iterator[_Broken]:
    """Lengths and codings: what two servers read in two ways lets one smuggle a request."""
    post = _POST + _HOST + _KIND
    yield _Broken("a length that is too small", post + b"content-length: 1\r\n\r\n{}")
    yield _Broken("a length below nothing", post + b"content-length: -1\r\n\r\n{}")
    huge = b"content-length: 1" + b"0" * 30 + b"\r\n\r\n{}"
    yield _Broken("a length that nobody can count", post + huge)
    twice = b"content-length: 2\r\ncontent-length: 1\r\n\r\n{}"
    yield _Broken("two lengths", post + twice)
    both = b"content-length: 2\r\n" + _CHUNKED + b"\r\n0\r\n\r\n"
    yield _Broken("a length, and chunks", post + both)
    yield _Broken("a chunk whose size is no number", post + _CHUNKED + b"\r\nzz\r\n{}\r\n0\r\n\r\n")
    coding = b"transfer-encoding: no-such-coding\r\n\r\n0\r\n\r\n"
    yield _Broken("a transfer coding that does not exist", post + coding)


def _partings() -> Iterator[_Broken]:
    """Callers who go before all is said."""
    post = _POST + _HOST + _KIND
    yield _Broken("half of a head", _GET + HEADERS + b"host: ", leaves=True)
    yield _Broken("half of a body", post + b"content-length: 9\r\n\r\n{", leaves=True)
    yield _Broken("a whole request, and no ear for the answer", _GET + _HOST + b"\r\n", leaves=True)
    yield _Broken("a length that is too large", post + b"content-length: 9\r\n\r\n{}", ends=True)
