"""The shop, on the standard library alone; run as `python -m shop.server`."""

from __future__ import annotations

import json
import math
import os
import re
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_VERSION = "7"
_LIMIT, _WINDOW_S = 60, 1.0
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Shop(BaseHTTPRequestHandler):
    """Every answer of the shop."""

    protocol_version = "HTTP/1.1"
    correlation = ""
    body = b""
    wait = ""
    allow = ""
    asked_s: ClassVar[dict[tuple[str, str], list[float]]] = {}
    counting: ClassVar[threading.Lock] = threading.Lock()

    def do_GET(self) -> None:
        if not self._begin() or self._is_refused():
            return
        if self.path == "/orders":
            self._refuse_method()
        elif self.path == "/status":
            self._say(200, {"status": "healthy", "dependencies": {"stock": self._stock()}})
        elif self.path.startswith("/prices/"):
            self._price(self.path.removeprefix("/prices/"))
        else:
            self._refuse(404, "no_such_page")

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        if not self._begin() or self._is_refused():
            return
        if self.path != "/orders":
            self._refuse_method()
            return
        try:
            order = json.loads(self.body)
            article, count = order["article"], order["count"]
        except (ValueError, KeyError, TypeError, RecursionError):
            self._refuse(400, "not_an_order")
            return
        fine = set(order) == {"article", "count"} and isinstance(article, str)
        if not fine or not isinstance(count, int) or isinstance(count, bool):
            self._refuse(400, "not_an_order")
        else:
            self._say(201, {"number": 1})

    def do_other(self) -> None:
        if self._begin():
            self._refuse_method()

    do_TRACE = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_QUERY = do_other  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        sys.stdout.write(json.dumps({"correlation": self.correlation, "path": self.path}) + "\n")
        sys.stdout.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no HTTP as all else is refused."""
        del code, message, explain
        self.correlation, self.wait, self.allow = uuid.uuid4().hex, "", ""
        self.request_version = "HTTP/1.1"
        self._refuse_unreadable()

    def _begin(self) -> bool:
        """Read the body: whatever is left of it would be read as the next request."""
        given = self.headers.get("x-correlation-id") or ""
        self.correlation = given if _ID.fullmatch(given) else uuid.uuid4().hex
        self.wait = self.allow = ""
        lengths = self.headers.get_all("content-length", ["0"])
        fine = len(lengths) == 1 and re.fullmatch("[0-9]{1,7}", lengths[0])
        if not fine or "transfer-encoding" in self.headers:
            self._refuse_unreadable()
            return False
        self.body = self.rfile.read(int(lengths[0]))
        return True

    def _refuse_unreadable(self) -> None:
        self.close_connection = True
        self._refuse(400, "unreadable")

    def _refuse_method(self) -> None:
        """Say what the path knows, where there is such a path."""
        if self.path == "/orders":
            self.allow = "POST"
        elif self.path == "/status" or self.path.startswith("/prices/"):
            self.allow = "GET, HEAD"
        else:
            self._refuse(404, "no_such_page")
            return
        self._refuse(405, "no_such_method")

    def _is_refused(self) -> bool:
        """Whether it was refused before its turn: for its version, or for asking too often."""
        if self.headers.get("x-shop-version", _VERSION) != _VERSION:
            self._refuse(400, "no_such_version")
            return True
        caller = (self.client_address[0], self.path.split("/")[1])
        with self.counting:
            now_s = time.monotonic()
            recent = [one for one in self.asked_s.get(caller, []) if now_s - one < _WINDOW_S]
            limited = caller[1] in {"prices", "orders"} and len(recent) >= _LIMIT
            self.asked_s[caller] = recent if limited else [*recent, now_s]
        if limited:
            self.wait = str(max(1, math.ceil(recent[0] + _WINDOW_S - now_s)))
            self._refuse(429, "too_often")
        return limited

    def _ask(self, path: str) -> object:
        request = urllib.request.Request(
            os.environ["STOCK_URL"] + path, headers={"x-correlation-id": self.correlation}
        )
        with _NO_PROXY.open(request, timeout=1) as answer:
            return json.load(answer)

    def _stock(self) -> str:
        try:
            self._ask("/health")
        except OSError:
            return "unhealthy"
        return "healthy"

    def _price(self, article: str) -> None:
        try:
            self._say(200, {"article": article, "cents": self._ask(f"/stock/{article}")})
        except urllib.error.HTTPError:
            self._refuse(404, "no_such_article")
        except OSError:
            self._refuse(503, "stock_unreachable")

    def _refuse(self, status: int, code: str) -> None:
        problem = {"type": code, "title": code.replace("_", " "), "status": status}
        self._say(status, problem, "application/problem+json")

    def _say(self, status: int, body: object, kind: str = "application/json") -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.send_header("x-correlation-id", self.correlation)
        self.send_header("x-shop-version", _VERSION)
        if self.wait:
            self.send_header("retry-after", self.wait)
        if self.allow:
            self.send_header("allow", self.allow)
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Shop).serve_forever()
