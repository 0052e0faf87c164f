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
    asked_s: ClassVar[dict[tuple[str, str], list[float]]] = {}
    counting: ClassVar[threading.Lock] = threading.Lock()

    def do_GET(self) -> None:
        self._begin()
        if self._is_refused():
            return
        if self.path == "/status":
            self._say(200, {"status": "healthy", "dependencies": {"stock": self._stock()}})
        elif self.path.startswith("/prices/"):
            self._price(self.path.removeprefix("/prices/"))
        else:
            self._refuse(404, "no_such_page")

    def do_POST(self) -> None:
        self._begin()
        if self._is_refused():
            return
        if self.path != "/orders":
            self._refuse(404, "no_such_page")
            return
        try:
            order = json.loads(self.body)
            article, count = order["article"], order["count"]
        except (ValueError, KeyError, TypeError):
            self._refuse(400, "not_an_order")
            return
        fine = set(order) == {"article", "count"} and isinstance(article, str)
        if not fine or not isinstance(count, int) or isinstance(count, bool):
            self._refuse(400, "not_an_order")
        else:
            self._say(201, {"number": 1})

    def do_other(self) -> None:
        self._begin()
        self._refuse(405, "no_such_method")

    do_TRACE = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_QUERY = do_other  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        sys.stdout.write(json.dumps({"correlation": self.correlation, "path": self.path}) + "\n")
        sys.stdout.flush()

    def _begin(self) -> None:
        given = self.headers.get("x-correlation-id") or ""
        self.wait = ""
        # Whatever is left of a body would be read as the next request.
        self.body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.correlation = given if _ID.fullmatch(given) else uuid.uuid4().hex

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
        self.end_headers()
        self.wfile.write(data)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Shop).serve_forever()
