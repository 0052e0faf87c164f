"""Bytes that HTTP allows and few clients send: each request in them is owed one answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.aim import NOWHERE, Aim
from seamwright.drive.cases.misuse.raw_case import HEADERS, HOST, RawCase, RawRequest
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.drive.cases.case import Case

_HEADS = 2


def lawful_cases(aim: Aim) -> Iterator[RawCase]:
    """HEAD beside GET, old and unusual forms, chunks, and several requests at once."""
    yield from _heads(aim)
    for endpoint in aim.reads[:1]:
        case = aim.well(endpoint, "")
        path = case.target.encode()
        old = b"GET " + path + b" HTTP/1.0\r\n" + HEADERS + b"\r\n"
        yield _raw(case, "HTTP/1.0, without a host", old)
        absolute = b"GET http://" + HOST + path + b" HTTP/1.1\r\n" + _rest()
        yield _raw(case, "the whole URL as the target", absolute)
        odd = b"GET " + path + b" HTTP/1.1\r\nHOST: \t" + HOST + b" \t\r\nX-Odd:\r\n"
        yield _raw(case, "names in capitals, blanks around values", odd + HEADERS + b"\r\n")
    yield from _chunked(aim)
    yield from _pipelined(aim)


def _heads(aim: Aim) -> Iterator[RawCase]:
    """GET and HEAD of the same, each on a connection of its own."""
    for endpoint in aim.reads[:_HEADS]:
        for method in ("GET", "HEAD"):
            case = replace(aim.well(endpoint, ""), method=method)
            line = f"{method} {case.target} HTTP/1.1\r\n".encode()
            yield _raw(case, f"{method}, to compare GET with HEAD", line + _rest())


def _chunked(aim: Aim) -> Iterator[RawCase]:
    for endpoint in aim.takers[:1]:
        case = aim.well(endpoint, "")
        line = f"{case.method} {case.target} HTTP/1.1\r\n".encode()
        kind = b"content-type: application/json\r\n"
        coded = line + _rest(kind + b"transfer-encoding: chunked\r\n")
        half, body = len(case.body) // 2, case.body
        chunks = b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n"
        parts = (half, body[:half], len(body) - half, body[half:])
        if half:
            yield _raw(case, "a body in chunks", coded + chunks % parts)
        odd = b"00%X;a=b\r\n%b\r\n0\r\nx-trailer: a\r\n\r\n"
        yield _raw(case, "chunks with extensions and a trailer", coded + odd % (len(body), body))
        length = b"content-length: %d\r\n" % len(body)
        expecting = line + _rest(kind + length + b"expect: 100-continue\r\n") + body
        yield _raw(case, "a body that nobody waited for to be wanted", expecting)


def _pipelined(aim: Aim) -> Iterator[RawCase]:
    """Several requests before the first answer, with an ID each, so that answers can be told."""
    nowhere = aim.nowhere("GET", NOWHERE, "")
    known = [aim.well(one, "") for one in aim.reads[:1]] or [nowhere]
    yield _several(aim, "pipelined requests", [*known, nowhere, *known, nowhere])
    # The body looks like a request: who does not read it answers once too often.
    body = b"GET /no-such-route-in-a-body HTTP/1.1\r\nhost: a.test\r\n\r\n"
    unread = replace(aim.nowhere("POST", NOWHERE, ""), body=body)
    yield _several(aim, "a body that is sent to nowhere, and a request", [unread, *known])
    read = [replace(one, body=body) for one in known]
    yield _several(aim, "a GET that has a body, and a request", [*read, nowhere])


def _several(aim: Aim, reason: str, cases: list[Case]) -> RawCase:
    name = aim.system.request_id.headers[0] if aim.system.request_id else ""
    requests: list[RawRequest] = []
    sent = b""
    for number, case in enumerate(cases, 1):
        id_ = f"misuse-{aim.service.name}-{len(reason)}-{number}" if name else None
        told = f"{name}: {id_}\r\n" if name else ""
        if case.body:
            told += f"content-type: application/json\r\ncontent-length: {len(case.body)}\r\n"
        line = f"{case.method} {case.target} HTTP/1.1\r\n".encode()
        sent += line + _rest(told.encode()) + case.body
        label = replace(case.label, purpose=Purpose.RAW, reason=reason, request_id=id_)
        requests.append(RawRequest(label, case.method, case.target))
    asking = next((one.credential for one in cases if one.label.endpoint), aim.credential)
    return RawCase(tuple(requests), sent, asking)


def _raw(case: Case, reason: str, bytes_: bytes) -> RawCase:
    label = replace(case.label, purpose=Purpose.RAW, reason=reason)
    return RawCase((RawRequest(label, case.method, case.target),), bytes_, case.credential)


def _rest(headers: bytes = b"") -> bytes:
    return b"host: " + HOST + b"\r\n" + HEADERS + headers + b"\r\n"
