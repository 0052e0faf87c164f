"""A service that keeps notes and all its promises; each of its neighbours breaks one.

    PORT=8080 python -m tests.miniatures.keeps_its_promises

With PORT=0 it takes a free port; its first line says which.
"""

from __future__ import annotations

import json
import math
import os
import re
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

Body = dict[str, object]
STATUSES = {
    "NOT_FOUND": 404,
    "NOTE_NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "MALFORMED": 400,
    "INTERNAL": 500,
    "NO_NOTE": 422,
    "NO_SUCH_VERSION": 400,
    "RATE_LIMITED": 429,
}
LIMIT, WINDOW_S = 30, 1.0
LONGEST_PAGE = 100
LARGEST = 2 << 20
METHODS = {
    "/notes": "GET, HEAD, POST",
    "/notes/": "DELETE, GET, HEAD, PATCH",
    "/health": "GET, HEAD",
}
ID = re.compile("[A-Za-z0-9._-]{1,128}")


class Notes(BaseHTTPRequestHandler):
    """The whole service; what a miniature does otherwise is a method or a value of its own."""

    protocol_version = "HTTP/1.1"
    kept: ClassVar[dict[str, Body]] = {}
    order: ClassVar[dict[str, int]] = {}
    asked_s: ClassVar[dict[tuple[str, str, int], list[float]]] = {}
    status_of: ClassVar[dict[str, int]] = STATUSES
    counting: ClassVar[threading.Lock] = threading.Lock()
    told_id = ""
    too_soon = ""
    allowed = ""
    body = b""
    began_s = 0.0

    def answer(self) -> None:
        """Answer one request, whatever its method."""
        self.began_s = time.monotonic()
        given = self.headers.get_all("x-request-id", [])
        self.told_id = self.request_id(given[0] if len(given) == 1 else "")
        self.too_soon = self.allowed = ""
        path = urlsplit(self.path).path
        if not self.read():
            self.close_connection = True  # where the next request begins is not known
            self.fail("MALFORMED")
        elif self.headers.get("x-api-version", "1") != "1" and not self.takes_any_version():
            self.fail("NO_SUCH_VERSION")
        elif (self.method, path) == ("GET", "/health"):
            self.send(*self.health())
        elif self.is_too_much():
            self.fail("RATE_LIMITED")
        else:
            self.serve(path)

    def serve(self, path: str) -> None:
        """Answer what was let in."""
        place = "/notes/" if path.startswith("/notes/") else path
        if place not in METHODS:
            self.fail("NOT_FOUND")
        elif self.method not in METHODS[place].split(", "):
            self.refuse_method(METHODS[place])
        elif (self.method, path) == ("GET", "/notes"):
            self.list()
        elif (self.method, path) == ("POST", "/notes"):
            self.keep(str(uuid.uuid4()), 201)
        else:
            self.item(path.removeprefix("/notes/"))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815
    do_HEAD = do_TRACE = do_OPTIONS = do_QUERY = answer  # noqa: N815

    @property
    def method(self) -> str:
        """What is asked for; a HEAD is a GET whose body is left out."""
        return "GET" if self.command == "HEAD" else self.command

    def refuse_method(self, allowed: str) -> None:
        """Say which methods there are."""
        self.allowed = allowed
        self.fail("METHOD_NOT_ALLOWED")

    def read(self) -> bool:
        """Read the body, whole; False where its end cannot be told, or is too far away."""
        lengths = self.headers.get_all("content-length", [])
        coding = self.headers.get("transfer-encoding", "")
        if coding:
            return coding == "chunked" and not lengths and self.read_chunks()
        length = lengths[0] if lengths else "0"
        if len(lengths) > 1 or not re.fullmatch("[0-9]{1,9}", length) or int(length) > LARGEST:
            return False
        self.body = self.rfile.read(int(length))
        return True

    def read_chunks(self) -> bool:
        """Read a body in chunks, and its trailer."""
        self.body = b""
        while len(self.body) <= LARGEST:
            size = self.rfile.readline(100).partition(b";")[0].strip()
            if not re.fullmatch(b"[0-9A-Fa-f]{1,6}", size):
                return False
            self.body += self.rfile.read(int(size, 16))
            if not int(size, 16):
                while self.rfile.readline(1_000).strip():
                    pass
                return True
            self.rfile.readline(2)
        return False

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no HTTP, in the same form as all else."""
        del code, message, explain
        self.began_s = time.monotonic()
        self.told_id = self.fresh_id()
        self.too_soon = self.allowed = ""
        self.request_version = "HTTP/1.1"
        self.close_connection = True
        self.fail("MALFORMED")

    def is_too_much(self) -> bool:
        """Whether this caller has asked this endpoint as often as it may; it is counted if not."""
        caller = (self.client_address[0], self.method, self.path.count("/"))
        with self.counting:
            now_s = time.monotonic()
            recent = [one for one in self.asked_s.get(caller, []) if now_s - one < WINDOW_S]
            is_too_much = len(recent) >= self.most()
            self.asked_s[caller] = recent if is_too_much else [*recent, now_s]
        if is_too_much:
            self.too_soon = self.wait(math.ceil(recent[0] + WINDOW_S - now_s))
        return is_too_much

    def most(self) -> int:
        """How many requests are let in within the window."""
        return LIMIT

    def wait(self, seconds: int) -> str:
        """What Retry-After says; there is always something to wait for."""
        return str(max(1, seconds))

    def keep(self, id_: str, status: int) -> None:
        """Keep the note in the request's body."""
        text = self.text()
        if text is None:
            self.fail("NO_NOTE")
            return
        note: Body = {"id": id_, "text": text}
        self.store(note)
        self.succeed(status, note)

    def text(self) -> str | None:
        """What the note in the body says, if it is one."""
        try:
            note: dict[str, object] = json.loads(self.body)
            text = note["text"]
            if not isinstance(text, str) or len(note) > 1:
                return None
            # Half of a surrogate pair is no text.
            return text.encode().decode()
        except (ValueError, KeyError, TypeError, RecursionError):
            return None

    def store(self, note: Body) -> None:
        """Keep one note, new or changed."""
        with self.counting:
            self.order.setdefault(str(note["id"]), len(self.order))
            self.kept[str(note["id"])] = note

    def item(self, id_: str) -> None:
        """Show, change or delete one note."""
        note = self.kept.get(id_)
        if note is None:
            self.fail("NOTE_NOT_FOUND")
        elif self.method == "GET":
            self.succeed(200, self.shown(note))
        elif self.method == "PATCH":
            self.keep(id_, 200)
        else:
            self.forget(id_)
            self.succeed(200, {"deleted": id_})

    def shown(self, note: Body) -> Body:
        """One note as it is read."""
        return note

    def forget(self, id_: str) -> None:
        """Keep one note no longer."""
        self.kept.pop(id_, None)

    def list(self) -> None:
        """Show the notes, newest first; a cursor is the number of the last one that was shown."""
        query = parse_qs(urlsplit(self.path).query)
        limit, cursor = query.get("limit", ["20"])[0], query.get("cursor", [""])[0]
        if not limit.isdigit() or not 1 <= int(limit) <= LONGEST_PAGE:
            self.fail("NO_NOTE")
            return
        with self.counting:
            notes = [(self.order[id_], note) for id_, note in self.kept.items()]
        notes = sorted((one for one in notes if self.is_after(one[0], cursor)), reverse=True)
        page, rest = notes[: int(limit)], notes[int(limit) :]
        following: Body = {"nextCursor": str(page[-1][0])} if rest else {}
        self.succeed(200, {"notes": [note for _, note in page], **following})

    def is_after(self, number: int, cursor: str) -> bool:
        """Whether a note comes after the one that a cursor names."""
        return not cursor.isdigit() or number < int(cursor)

    def request_id(self, given: str) -> str:
        """The ID of this request: the given one if it is well-formed, else a fresh one."""
        return given if ID.fullmatch(given) else self.fresh_id()

    def fresh_id(self) -> str:
        """An ID that no other request has."""
        return f"req_{uuid.uuid4().hex}"

    def id_in_body(self) -> str:
        """The ID as the body tells it."""
        return self.told_id

    def takes_any_version(self) -> bool:
        """Whether versions that do not exist are let in."""
        return False

    def health(self) -> tuple[int, Body]:
        """The status and the body of the health answer."""
        return 200, {"status": "healthy", "dependencies": {"disk": "healthy", "memory": "healthy"}}

    def data(self, data: Body) -> Body:
        """The data of a success as it is told."""
        return data

    def error(self, code: str) -> Body:
        """The error of a failure as it is told."""
        return {"code": code, "message": f"this is {code}", "retryable": code == "RATE_LIMITED"}

    def succeed(self, status: int, data: Body) -> None:
        """Answer in the form of a success."""
        self.send(status, {"ok": True, "data": self.data(data), **self.meta()})

    def fail(self, code: str) -> None:
        """Answer in the form of a failure."""
        self.send(self.status_of[code], {"ok": False, "error": self.error(code), **self.meta()})

    def meta(self) -> Body:
        """What success and failure have in common."""
        return {"meta": {"requestId": self.id_in_body(), "duration": self.duration()}}

    def duration(self) -> float:
        """How long it took, in milliseconds."""
        return round((time.monotonic() - self.began_s) * 1_000, 3)

    def headers_of_all(self) -> dict[str, str]:
        """The headers of every answer."""
        return {"x-request-id": self.told_id, "x-api-version": "1"}

    def send(self, status: int, body: Body | str, kind: str = "application/json") -> None:
        """Send an answer."""
        raw = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response_only(status)
        for name, value in {"content-type": kind, **self.headers_of_all()}.items():
            self.send_header(name, value)
        if self.too_soon:
            self.send_header("retry-after", self.too_soon)
        if self.allowed:
            self.send_header("allow", self.allowed)
        if self.close_connection:
            self.send_header("connection", "close")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)


def serve(service: type[Notes]) -> None:
    """Serve until the process is ended."""
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), service)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(Notes)
