"""A server that answers each request ID as it was told to, and keeps what it was asked."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    status: int
    body: str
    media: str = "application/json"
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked."""

    line: str
    headers: dict[str, str]
    body: str


@dataclass(slots=True)
class Server:
    """Where it is, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list[Asked])


@contextmanager
def answering(
    replies: Mapping[str, Reply], otherwise: Reply, header: str = "x-request-id"
) -> Generator[Server]:
    """A server for as long as the block lasts; it answers by the request's ID."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("content-length", "0"))
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(size).decode()
            server.asked.append(Asked(f"{self.command} {self.path}", headers, body))
            reply = replies.get(headers.get(header, ""), otherwise)
            told = reply.body.encode()
            self.send_response(reply.status)
            self.send_header("content-type", reply.media)
            self.send_header("content-length", str(len(told)))
            if reply.request_id:
                self.send_header("x-request-id", reply.request_id)
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - the base class calls them so

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{http.server_address[1]}")
    thread = Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
