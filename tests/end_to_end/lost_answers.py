"""Stands between a caller and a box, and swallows some of the box's answers after it has acted.

A fault of the proxy meets every answer of its edge; this one meets those to requests that hold some
words, which is how the one answer can be lost that decides whether a thing is done twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
_OF_THE_WAY = frozenset({"connection", "content-length", "host", "transfer-encoding"})


@dataclass(slots=True)
class LostAnswers:
    """The one between.

    Attributes:
        upstream: the port of the box.
        words: an answer is lost where its request holds them.
        times: how many are lost.
        lost: how many were.
        port: where it listens, once it does.
    """

    upstream: int
    words: bytes
    times: int
    lost: int = 0
    port: int = 0

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncGenerator[None]:
        """Stand there for as long as the block runs."""
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            server = await asyncio.start_server(partial(self._meet, client), "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            try:
                yield
            finally:
                server.close()

    async def _meet(
        self, client: httpx.AsyncClient, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length[1]) if length else 0)
                answer = await self._asked(client, head, body)
                if self.words in head + body and self.lost < self.times:
                    self.lost += 1
                    break
                writer.write(_written(answer))
        writer.close()

    async def _asked(self, client: httpx.AsyncClient, head: bytes, body: bytes) -> httpx.Response:
        first, *lines = head.decode().strip().split("\r\n")
        method, target, _ = first.split(" ")
        headers = _passed(
            (name, value) for name, _, value in (line.partition(": ") for line in lines)
        )
        url = f"http://127.0.0.1:{self.upstream}{target}"
        return await client.request(method, url, headers=headers, content=body)


def _passed(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _OF_THE_WAY]


def _written(answer: httpx.Response) -> bytes:
    lines = [
        f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}",
        *(f"{name}: {value}" for name, value in _passed(answer.headers.items())),
        f"content-length: {len(answer.content)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + answer.content
