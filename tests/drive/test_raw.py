"""Raw bytes over sockets, and what is made of what comes back."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from seamwright.contract import Credential
from seamwright.drive import raw
from seamwright.drive.cases.misuse.raw_case import HEADERS, HOST, RawCase, RawRequest
from seamwright.record.observation import CaseLabel, Purpose
from tests.drive.small_server import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seamwright.drive.stage import Stage
    from seamwright.record.observation import Exchange

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


class Answering:
    """A server that says one thing once it has read something, and remembers what it read."""

    def __init__(self, says: bytes, *, closes: bool) -> None:
        """`closes`: whether it closes the connection then."""
        self.says, self.closes = says, closes
        self.read = b""
        self.ended = asyncio.Event()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.read += await reader.read(1 << 20)
        writer.write(self.says)
        if not self.closes:
            await reader.read()
        self.ended.set()
        writer.close()


class Heap:
    """A journal in memory, and the few other things that the raw drive asks of a stage."""

    system = replace(SYSTEM, credentials=(Credential("boss"),))
    headers = (("x-all", "1"),)

    def __init__(self, address: str) -> None:
        """Of one service at this address."""
        self.address = address
        self.lines: list[Exchange] = []
        self.journal = self.running = self
        self.credentials = {"boss": "s3cret"}

    def addresses(self) -> dict[str, str]:
        """Where the service is."""
        return {"a": self.address}

    def append(self, one: Exchange) -> None:
        """Keep a line."""
        self.lines.append(one)

    def clock(self) -> float:
        """The moment."""
        return asyncio.get_running_loop().time()


def _case(*methods: str, leaves: bool = False, ends: bool = False, due: bool = True) -> RawCase:
    requests = [
        RawRequest(
            CaseLabel(f"c{at}", "a", None, Purpose.RAW, "", None, valid=False, due=due), one, "/"
        )
        for at, one in enumerate(methods)
    ]
    return RawCase(tuple(requests), b"host: " + HOST + b"\r\n" + HEADERS, None, leaves, ends)


def _sent(case: RawCase, says: bytes, *, closes: bool = False) -> tuple[Sequence[Exchange], bytes]:
    """The exchanges, and what the server read."""

    async def play() -> tuple[Sequence[Exchange], bytes]:
        answering = Answering(says, closes=closes)
        async with await asyncio.start_server(answering, "127.0.0.1", 0) as server:
            host, port = server.sockets[0].getsockname()
            heap = Heap(f"{host}:{port}")
            # Only these few things of a stage are asked for.
            await raw.drive_raw(cast("Stage", cast("Any", heap)), [case])
            await asyncio.wait_for(answering.ended.wait(), 5)
            return heap.lines, answering.read

    return asyncio.run(play())


def _told(
    case: RawCase, says: bytes, *, closes: bool = False
) -> list[tuple[int, bytes, str, bool]]:
    """Of each exchange the status, the body, the failure, and whether it was due."""
    return [
        (
            one.response.status if one.response else 0,
            one.response.body if one.response else b"",
            one.failure,
            one.case is not None and one.case.due,
        )
        for one in _sent(case, says, closes=closes)[0]
    ]


def test_the_bytes_go_out_as_they_are() -> None:
    """Only host and headers are filled in; the record has them all, and where they went."""
    (one,), read = _sent(_case("GET"), OK + b"ok")
    assert one.base_url.startswith("http://127.0.0.1:")
    host = one.base_url.removeprefix("http://").encode()
    assert b"host: " + host + b"\r\nx-all: 1\r\n" == read
    assert one.request
    assert ("GET", "/", (), read) == (
        one.request.method,
        one.request.target,
        one.request.headers,
        one.request.body,
    )


def test_each_request_gets_its_answer() -> None:
    """In order; information on the way (100) is none."""
    said = b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"a1" + OK + b"a2"
    assert [(200, b"a1", "", True), (200, b"a2", "", True)] == _told(_case("GET", "GET"), said)


def test_who_closes_owes_no_more() -> None:
    """After `connection: close` nothing is due; without it what does not come is missing."""
    last = b"HTTP/1.1 400 No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    gone = "closed unanswered"
    assert [(400, b"", "", True), (0, b"", gone, False)] == _told(
        _case("GET", "GET"), last, closes=True
    )
    assert [(200, b"ok", "", True), (0, b"", gone, True)] == _told(
        _case("GET", "GET"), OK + b"ok", closes=True
    )


def test_a_stream_that_goes_on_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as it came; what has told its length is waited for."""
    monkeypatch.setattr(raw, "_DEADLINE_S", 0.3)
    flows = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n"
    assert [(200, b"ok", "", True)] == _told(_case("GET"), flows)
    half = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok"
    hangs = "TimeoutError: no whole answer within 0.3 s"
    assert [(0, b"", hangs, True)] == _told(_case("GET"), half)


def test_an_answer_that_nobody_asked_for_is_told() -> None:
    """As an exchange of its own, unless nothing was due anyhow."""
    beyond = (0, b"", "40 bytes came after the answer", True)
    assert [(200, b"ok", "", True), beyond] == _told(_case("GET"), OK + b"ok" + OK + b"ok")
    assert [(200, b"ok", "", False)] == _told(_case("GET", due=False), OK + b"ok" + OK + b"ok")


def test_the_body_of_an_answer_to_head_is_kept() -> None:
    """Nothing may be there, so that it is seen when something is."""
    assert [(200, b"ok", "", True)] == _told(_case("HEAD"), OK + b"ok")
    assert [(200, b"", "", True)] == _told(_case("HEAD"), OK)


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        (b"", "closed unanswered"),
        (b"oops\r\n\r\n", "no HTTP came"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", "no HTTP came"),
    ],
)
def test_what_is_no_whole_answer_is_a_failure(said: bytes, failure: str) -> None:
    """Nothing, something else, or half of one."""
    ((status, _, why, _),) = _told(_case("GET"), said, closes=True)
    assert status == 0
    assert why.startswith(failure)


def test_an_endless_answer_is_cut() -> None:
    """A mebibyte of it is kept."""
    said = b"HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n" + b"x" * (2 << 20)
    (one,), _ = _sent(_case("GET"), said, closes=True)
    assert one.response
    assert one.response.truncated


def test_a_caller_that_leaves_hears_nothing() -> None:
    """Whatever the server says then."""
    assert [(0, b"", "the caller hung up, as it was meant to", True)] == _told(
        _case("GET", leaves=True), OK + b"ok"
    )


def test_a_caller_that_ends_hears_the_answer() -> None:
    """It says that no more comes, and waits."""
    assert [(200, b"ok", "", True)] == _told(_case("GET", ends=True), OK + b"ok")


def test_who_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the deadline, with the reason."""
    monkeypatch.setattr(raw, "_DEADLINE_S", 0.05)
    ((status, _, why, _),) = _told(_case("GET"), b"")
    assert (0, "TimeoutError: no whole answer within 0.05 s") == (status, why)


def test_a_queue_before_the_door_is_not_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy server leaves connections waiting: that is no part of the time for an answer."""
    monkeypatch.setattr(raw, "_NOT_DUE_S", 0.3)

    async def play() -> list[Exchange]:
        door = socket.create_server(("127.0.0.1", 0), backlog=0)
        heap = Heap(f"127.0.0.1:{door.getsockname()[1]}")
        waiting = [socket.create_connection(door.getsockname())]
        # A second one would have to ask again, which the system does a second later.
        drive = raw.drive_raw(cast("Stage", cast("Any", heap)), [_case("GET", due=False)])
        sending = asyncio.create_task(drive)
        await asyncio.sleep(0.5)
        server = await asyncio.start_server(Answering(OK + b"ok", closes=True), sock=door)
        await sending
        server.close()
        for one in waiting:
            one.close()
        return heap.lines

    (one,) = asyncio.run(play())
    assert "" == one.failure
    assert one.ended_s - one.began_s > 0.5


def test_who_is_not_there_is_told() -> None:
    """A refused connection is a failure like another."""

    async def play() -> list[Exchange]:
        async with await asyncio.start_server(lambda _, __: None, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
        heap = Heap(f"127.0.0.1:{port}")
        await raw.drive_raw(cast("Stage", cast("Any", heap)), [_case("GET")])
        return heap.lines

    (one,) = asyncio.run(play())
    assert "refused" in one.failure.lower() or "Connect call failed" in one.failure


def test_a_credential_is_shown() -> None:
    """By the header of its kind, after those that all requests have."""
    _, read = _sent(replace(_case("GET"), credential="boss"), OK + b"ok")
    assert read.endswith(b"\r\nx-all: 1\r\nauthorization: Bearer s3cret\r\n")
    _, read = _sent(replace(_case("GET"), credential="nobody"), OK + b"ok")
    assert read.endswith(b"\r\nx-all: 1\r\n")
