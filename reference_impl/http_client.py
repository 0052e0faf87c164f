"""Calls one other box over a few connections that stay open.

Chosen over aiohttp and httpx by measuring: uvicorn has loaded the parser anyway, so that this costs
no start-up time, and a call takes less of it than with either.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reference_impl.http_connection import Broken, HttpConnection, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_CONNECTIONS = 32
_CONNECT_S = 1.0
_REPEATABLE = frozenset({"GET", "PUT", "DELETE"})


class NoConnection(Broken):
    """There is none, so that nothing of the request has left us."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason, untouched=True)


@dataclass(frozen=True, slots=True)
class Origin:
    """A base address, taken apart."""

    host: str
    port: int
    path: str
    secure: bool

    @property
    def authority(self) -> str:
        """What stands in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def origin(url: str) -> Origin:
    """The parts of an address; a `ValueError` when it is none."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = f"no http address: {url!r}"
        raise ValueError(message)
    port = parts.port or (443 if secure else 80)
    return Origin(parts.hostname, port, parts.path.rstrip("/"), secure)


class HttpClient:
    """A pool for one origin. Whoever waits longest gets the next connection."""

    def __init__(self, base: Origin, connect_s: float = _CONNECT_S) -> None:
        """Nothing is connected until the first call; connecting takes `connect_s` at most."""
        self._base = base
        self._connect_s = connect_s
        self._idle: deque[HttpConnection] = deque()
        self._room = asyncio.Semaphore(_MOST_CONNECTIONS)
        self._tls = ssl.create_default_context() if base.secure else None

    async def call(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes = b""
    ) -> Reply:
        """One exchange; `target` is relative to the base address and percent-encoded.

        Not for HEAD, whose answers announce a body that never comes.

        Raises:
            NoConnection: when there is no connection, or none in time.
            Broken: when the connection ended, or what came is no HTTP.
        """
        request = self._request(method, target, headers, body)
        async with self._room:
            connection = await self._connection()
            try:
                reply = await connection.exchange(request)
            except Broken as error:
                # A server may close an idle connection just as it is taken up again. Where the
                # request may have been carried out, only one that can be repeated is.
                stale = connection.used and error.untouched
                if not (stale and method in _REPEATABLE):
                    raise
                connection = await self._connect()
                reply = await connection.exchange(request)
            if connection.free:
                self._idle.append(connection)
            return reply

    def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            self._idle.pop().abort()

    async def _connection(self) -> HttpConnection:
        # The one used last is the least likely to be closed by the other side.
        while self._idle:
            connection = self._idle.pop()
            if connection.free:
                return connection
        return await self._connect()

    async def _connect(self) -> HttpConnection:
        loop = asyncio.get_running_loop()
        base = self._base
        try:
            async with asyncio.timeout(self._connect_s):
                _, connection = await loop.create_connection(
                    HttpConnection, base.host, base.port, ssl=self._tls
                )
        except TimeoutError as error:
            raise NoConnection(f"no connection within {self._connect_s:g} s") from error
        except OSError as error:
            raise NoConnection(str(error)) from error
        return connection

    def _request(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes
    ) -> bytes:
        lines = [
            f"{method} {self._base.path}{target} HTTP/1.1",
            f"host: {self._base.authority}",
            *(f"{name}: {value}" for name, value in headers),
        ]
        if body or method in ("POST", "PATCH", "PUT"):
            lines.append(f"content-length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
