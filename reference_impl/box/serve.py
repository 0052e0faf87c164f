"""Serving an ASGI application on loopback ports, until SIGTERM."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from uvicorn.config import Config
from uvicorn.server import Server

from reference_impl.box import environment
from reference_impl.box.intake import intake

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import FrameType

# Kept longer than clients keep theirs, so that the client is who closes: a server that closes
# first makes a false "no answer" of the next request.
_KEEP_ALIVE_S = 75
_GRACE_MS = 500
_MS = 1_000


def serve(
    app: Callable[..., Awaitable[None]], *ports: int, refuse: Callable[[], bytes] | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; then the process ends with exit code 0.

    Requests under way have half a second to finish, or `GRACE_MS`. A port that is taken ends the
    process with exit code 2.

    Args:
        app: an ASGI application; `scope["server"][1]` tells it which port a request came to.
        ports: listened on, on 127.0.0.1 only.
        refuse: makes the whole answer to what is no HTTP; uvicorn's own where it is absent.
    """
    sockets = [_listener(port) for port in ports]
    config = Config(
        app,
        http=intake(refuse) if refuse else "httptools",
        loop="uvloop",
        ws="none",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
    )
    # The parameter is typed as whole seconds, yet it is only handed to asyncio.wait_for.
    grace_s = environment.milliseconds("GRACE_MS", _GRACE_MS) / _MS
    config.timeout_graceful_shutdown = grace_s  # pyright: ignore[reportAttributeAccessIssue]
    # uvicorn, once it has shut down, raises again the signal that it caught.
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    Server(config).run(sockets=sockets)


def _listener(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as problem:
        environment.refuse("port", f"{port} free on 127.0.0.1", str(problem), "choose another")
    return listener


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
