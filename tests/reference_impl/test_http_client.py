"""Connections that stay open, and what becomes of calls when they do not."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from reference_impl.http_client import HttpClient, NoConnection, origin
from reference_impl.http_connection import Broken, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter, int], Awaitable[None]]

HELLO = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"


@asynccontextmanager
async def _server(serve: Serve) -> AsyncGenerator[HttpClient, None]:
    """A client of a server that serves its connections so; they are numbered from 0."""
    count = 0

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        try:
            await serve(reader, writer, count - 1)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = HttpClient(origin(f"http://127.0.0.1:{port}/base"))
    try:
        yield client
    finally:
        client.close()
        server.close()


async def _request(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"\r\n\r\n")


def _answering(answer: bytes, *, ends: bool = False) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _: int) -> None:
        while True:
            await _request(reader)
            writer.write(answer)
            if ends:
                return

    return serve


async def _ask(client: HttpClient, method: str = "GET") -> Reply:
    return await client.call(method, "/x?y=1", [("x-request-id", "req_1")])


async def _asked_and_closed(client: HttpClient) -> int:
    """The status, once the loop has turned often enough to see that the server has closed."""
    status = (await _ask(client, "POST")).status
    for _ in range(20):
        await asyncio.sleep(0)
    return status


def test_a_request_says_what_is_wanted_of_whom() -> None:
    """The base address's path comes before the target."""

    async def run() -> bytes:
        seen: list[bytes] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _: int) -> None:
            seen.append(await _request(reader))
            writer.write(HELLO)

        async with _server(serve) as client:
            await _ask(client)
        return seen[0]

    lines = asyncio.run(run()).split(b"\r\n")
    assert [b"GET /base/x?y=1 HTTP/1.1", b"x-request-id: req_1"] == [lines[0], lines[2]]


@pytest.mark.parametrize(
    "answer",
    [
        HELLO,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + HELLO,
    ],
)
def test_a_connection_carries_one_call_after_the_other(answer: bytes) -> None:
    """However the end of an answer is known."""

    async def run() -> list[Reply]:
        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
        ) -> None:
            if number == 0:
                await _answering(answer)(reader, writer, number)

        async with _server(serve) as client:
            return [await _ask(client) for _ in range(3)]

    replies = asyncio.run(run())
    assert [(200, b"hello")] * 3 == [(one.status, one.body) for one in replies]


def test_an_answer_may_end_with_its_connection() -> None:
    """Where no length is told."""

    async def run() -> bytes:
        async with _server(_answering(b"HTTP/1.1 200 OK\r\n\r\nhello", ends=True)) as client:
            return (await _ask(client)).body

    assert asyncio.run(run()) == b"hello"


def test_an_idle_connection_that_was_closed_is_not_used_again() -> None:
    """The next call opens another, whatever its method."""

    async def run() -> list[int]:
        async with _server(_answering(HELLO, ends=True)) as client:
            return [await _asked_and_closed(client) for _ in range(3)]

    assert [200, 200, 200] == asyncio.run(run())


@pytest.mark.parametrize(("method", "expected"), [("GET", [200, 200]), ("POST", [200])])
def test_a_call_that_met_the_closing_is_repeated_if_it_may_be(
    method: str, expected: list[int]
) -> None:
    """The server closes when it is asked a second time: a POST may have been carried out."""

    async def run() -> list[int]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _: int) -> None:
            await _request(reader)
            writer.write(HELLO)
            await _request(reader)

        statuses: list[int] = []
        async with _server(serve) as client:
            try:
                statuses.append((await _ask(client, method)).status)
                statuses.append((await _ask(client, method)).status)
            except Broken:
                pass
        return statuses

    assert expected == asyncio.run(run())


@pytest.mark.parametrize(
    "answer",
    [b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello", b""],
)
def test_what_is_no_whole_answer_is_an_error(answer: bytes) -> None:
    """Nonsense, half an answer, none."""

    async def run() -> None:
        async with _server(_answering(answer, ends=True)) as client:
            await _ask(client)

    with pytest.raises(Broken):
        asyncio.run(run())


def test_a_call_that_is_given_up_takes_its_connection_along() -> None:
    """Else the next call would get the answer of this one."""

    async def run() -> bytes:
        asked = asyncio.Event()

        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
        ) -> None:
            await _request(reader)
            asked.set()
            if number == 0:
                await reader.read()
            writer.write(HELLO)

        async with _server(serve) as client:
            late = asyncio.create_task(_ask(client))
            await asked.wait()
            late.cancel()
            with pytest.raises(asyncio.CancelledError):
                await late
            return (await _ask(client)).body

    assert asyncio.run(run()) == b"hello"


@pytest.mark.parametrize("url", ["", "host:80", "ftp://host", "http://", "http://host:x"])
def test_what_is_no_address_is_refused(url: str) -> None:
    """Before anything is called."""
    with pytest.raises(ValueError, match=r"address|port|Port"):
        origin(url)


def test_connecting_has_a_deadline_of_its_own() -> None:
    """A listener that takes no more connections holds nobody up, and nothing has been sent."""

    async def run(port: int) -> None:
        client = HttpClient(origin(f"http://127.0.0.1:{port}"), connect_s=0.05)
        await asyncio.wait_for(_ask(client), timeout=5)

    with socket.socket() as listener, contextlib.ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        # Fill the queue of those who wait to be accepted: the system lets the next one hang.
        for _ in range(4):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(address)
        with pytest.raises(NoConnection, match=r"no connection within 0\.05 s"):
            asyncio.run(run(address[1]))
