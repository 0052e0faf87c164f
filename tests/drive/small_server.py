"""A small HTTP server on loopback for tests of what is sent, in the same loop."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from seamwright.contract import Endpoint, Message, Service, System

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Nothing(Message):
    """A body without a member."""


def endpoint(path: str) -> Endpoint:
    """An endpoint that is read."""
    return Endpoint("GET", path, "Read it.", Nothing, "it is there")


SYSTEM = System("small", (Service("a", "A", "Answers.", (endpoint("/one"), endpoint("/two"))),))


@asynccontextmanager
async def serving(answering: Answering) -> AsyncGenerator[str]:
    """`host:port` of a server that answers whatever it is asked by one function."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answering)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0]
        yield f"{host}:{port}"
    finally:
        await runner.cleanup()
