"""Whether a box is up: asked again and again, never slept for."""

from __future__ import annotations

import asyncio
import contextlib

_STEP_S = 0.01
_ATTEMPT_S = 2.0


async def answers(host: str, port: int, path: str | None) -> bool:
    """Whether something listens there, and answers HTTP on `path` where one is given."""
    try:
        async with asyncio.timeout(_ATTEMPT_S):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                if path is None:
                    return True
                ask = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
                writer.write(ask.encode())
                return (await reader.read(5)).startswith(b"HTTP/")
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except (OSError, TimeoutError):
        return False


async def until_answers(host: str, port: int, path: str | None) -> None:
    """Return as soon as it is up; bound it from outside."""
    while not await answers(host, port, path):
        await asyncio.sleep(_STEP_S)
