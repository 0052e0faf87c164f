"""Pieces of a connection, said in short.

said(b"GET …", b"HTTP/1.1 200 …", "-")      caller, callee, in turns; then how it ended
"""

from __future__ import annotations

from seamwright.record.wire import Piece


def pieces(*parts: tuple[str, bytes] | str) -> list[Piece]:
    """Pieces a tenth of a second apart: (kind, bytes), or a kind alone."""
    return [
        Piece(round(number / 10, 1), part, b"")
        if isinstance(part, str)
        else Piece(round(number / 10, 1), *part)
        for number, part in enumerate(parts)
    ]


def asked(method: str = "GET", target: str = "/a", body: bytes = b"") -> tuple[str, bytes]:
    """A whole request."""
    head = f"{method} {target} HTTP/1.1\r\nHost: b\r\n"
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return ">", f"{head}{length}\r\n".encode() + body


def told(body: bytes = b"ok", status: str = "200 OK", head: str = "") -> tuple[str, bytes]:
    """A whole answer with its length."""
    return "<", f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body
