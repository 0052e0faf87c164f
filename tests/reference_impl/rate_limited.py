"""An API that answers nobody: 429, with the wait that it asks for."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Generator


class RateLimited(ThreadingHTTPServer):
    """Counts how often it was asked nevertheless."""

    daemon_threads = True

    def __init__(self, retry_after: str) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Refusing)
        self.retry_after = retry_after
        self.asked = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Refusing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        server = cast("RateLimited", self.server)
        server.asked += 1
        self.send_response(429)
        self.send_header("retry-after", server.retry_after)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as there
        """Say nothing."""


@contextmanager
def rate_limited(retry_after: str) -> Generator[RateLimited]:
    """It runs for as long as the block does."""
    server = RateLimited(retry_after)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
