"""What the reference says to bytes that are no HTTP."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest
from uvicorn.config import Config
from uvicorn.server import Server

from contracts import SYSTEM
from reference_impl.box.intake import LARGEST_HEAD, intake
from reference_impl.box.log import Log
from reference_impl.unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


async def _app(scope: Any, receive: Any, send: Any) -> None:
    del receive
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture(scope="module", name="port")
def _port() -> Iterator[int]:
    protocol = intake(unreadable(Log("web")))
    config = Config(_app, http=protocol, ws="none", lifespan="off", log_config=None)
    server = Server(config)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    server.should_exit = True
    thread.join(5)


def _said(port: int, bytes_: bytes) -> bytes:
    """All that the server says to these bytes, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
        caller.sendall(bytes_)
        said = b""
        while piece := caller.recv(1 << 16):
            said += piece
    return said


@pytest.mark.parametrize(
    "bytes_",
    [
        b"\x00\x01\r\n\r\n",
        b"GET / HTTP/9.9\r\nhost: a\r\n\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\nhost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nx: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"a" * LARGEST_HEAD + b"\r\n\r\n",
        b"GET /" + b"a" * LARGEST_HEAD + b" HTTP/1.1\r\nhost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\n" + b"x: a\r\n" * (LARGEST_HEAD // 2) + b"\r\n",
    ],
)
def test_what_cannot_be_read_is_refused_in_the_one_envelope(port: int, bytes_: bytes) -> None:
    """Status, type, version and request ID are as with any failure; then the connection ends."""
    head, _, body = _said(port, bytes_).partition(b"\r\n\r\n")
    line, *lines = head.decode().split("\r\n")
    headers = dict(one.split(": ", 1) for one in lines)
    told = json.loads(body)
    assert "HTTP/1.1 400 Bad Request" == line
    assert ("application/json", "close") == (headers["content-type"], headers["connection"])
    assert SYSTEM.version
    assert SYSTEM.version.current == headers[SYSTEM.version.header]
    assert SYSTEM.request_id
    assert SYSTEM.request_id.well_formed(headers["x-request-id"])
    assert headers["x-request-id"] == told["meta"]["requestId"]
    assert "MALFORMED_REQUEST" == told["error"]["code"]


def test_each_head_is_counted_by_itself(port: int) -> None:
    """Several requests on one connection may be larger together than one may be."""
    long = b"x: " + b"a" * (LARGEST_HEAD // 2) + b"\r\n"
    one = b"GET / HTTP/1.1\r\nhost: a\r\n" + long
    said = _said(port, (one + b"\r\n") * 2 + one + b"connection: close\r\n\r\n")
    assert 3 == said.count(b"204 No Content")
