"""Secrets go before the disk.

A secret is replaced by as many asterisks, so that lengths (Content-Length, chunk sizes) stay true.
"""

from __future__ import annotations

import base64
import re

_SHORTEST = 6
"""A shorter secret would black out ordinary words."""

_HEADER = re.compile(
    rb"(?im)^((?:authorization|proxy-authorization|apikey|x-api-key|cookie|set-cookie)[ \t]*:[ \t]*"
    rb"|AUTH[ \t]+(?:PLAIN|LOGIN)[ \t]+)([^\r\n]+)"
)
_BLANK = re.compile(rb"[ \t]+")
_SENSITIVE = frozenset(
    {"authorization", "proxy-authorization", "apikey", "x-api-key", "cookie", "set-cookie"}
)


def is_hidden(value: str) -> bool:
    """Whether a header's value is one that was replaced."""
    return bool(value) and set(value) == {"*"}


class Redactor:
    """Replaces known secrets, and the values of headers that carry secrets."""

    def __init__(self, secrets: frozenset[str]) -> None:
        """Know the secrets of a run; those that are too short to be secret are left alone."""
        # Mail clients say their passwords in base64 (RFC 4954).
        plain = {one for one in secrets if len(one) >= _SHORTEST}
        coded = {base64.b64encode(one.encode()).decode() for one in plain}
        known = sorted(plain | coded, key=len, reverse=True)
        alternatives = b"|".join(re.escape(one.encode()) for one in known)
        self._known = re.compile(alternatives) if known else None
        encoded = [one.encode() for one in known]
        self._longest = max((len(one) for one in encoded), default=0)
        self._beginnings = frozenset(one[:end] for one in encoded for end in range(1, len(one)))

    def unfinished(self, data: bytes) -> int:
        """How many of the last bytes may be the beginning of a secret."""
        for length in range(min(self._longest - 1, len(data)), 0, -1):
            if data[-length:] in self._beginnings:
                return length
        return 0

    def data(self, data: bytes) -> bytes:
        """The bytes without secrets, in the same length."""
        if self._known:
            data = self._known.sub(lambda found: b"*" * len(found[0]), data)
        # Most data is one line, of which only the beginning can be a header's.
        if b"\n" not in data and not _HEADER.match(data):
            return data
        return _HEADER.sub(lambda found: found[1] + b"*" * len(found[2]), data)

    def text(self, text: str) -> str:
        """The text without secrets."""
        return self.data(text.encode(errors="surrogatepass")).decode(errors="surrogatepass")

    def headers(self, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """The headers without secrets."""
        # Hardly ever is there one in the others, so all of them are looked at at once.
        others = "\n".join(value for name, value in headers if name not in _SENSITIVE)
        clean = self.text(others) == others
        return tuple(
            (name, "*" * len(value) if name in _SENSITIVE else value if clean else self.text(value))
            for name, value in headers
        )


class StreamRedactor:
    """Redacts a stream that comes in pieces: a secret that two pieces share is found as well.

    What may be the beginning of a secret, or an unfinished line of a sensitive header, is held
    back until more comes or the stream ends.
    """

    _LINE = 8_192
    """An unfinished line longer than this is let through; no header of that length is read."""

    def __init__(self, redactor: Redactor) -> None:
        """Begin a stream."""
        self._redactor = redactor
        self._held = b""
        self._before = b""
        """A byte that stands for the rest of a line, when what is held begins within one."""

    def feed(self, data: bytes) -> bytes:
        """The redacted bytes that can be told already."""
        data = self._held + data
        cut = len(data) - self._redactor.unfinished(data)
        line = data.rfind(b"\n") + 1
        whole = line > 0 or not self._before
        if whole and _unfinished(data[line:]) and len(data) - line < self._LINE:
            cut = min(cut, line)
        cleaned = self._clean(data)
        cut = _not_within(cleaned, data, cut)
        self._held = data[cut:]
        if cut > 0:
            self._before = b"" if data[cut - 1 : cut] == b"\n" else b"\0"
        return cleaned[:cut]

    def end(self) -> bytes:
        """What was held back."""
        held, self._held = self._held, b""
        return self._clean(held)

    def _clean(self, data: bytes) -> bytes:
        return self._redactor.data(self._before + data)[len(self._before) :]


def _unfinished(line: bytes) -> bool:
    """Whether a line without its end may still turn out to be a sensitive header."""
    name = _BLANK.sub(b" ", line.split(b":", 1)[0]).lower().rstrip(b" ")
    words = [one.encode() for one in _SENSITIVE] + [b"auth plain", b"auth login"]
    return bool(name) and any(one.startswith(name[: len(one)]) for one in words)


def _not_within(cleaned: bytes, data: bytes, cut: int) -> int:
    """Move a cut to the front of the secret that it would go through."""
    while 0 < cut < len(data) and cleaned[cut - 1 : cut + 1] == b"**" != data[cut - 1 : cut + 1]:
        cut -= 1
    return cut
