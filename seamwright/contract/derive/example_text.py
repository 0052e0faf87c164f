"""A text that a schema takes: of its format, of its pattern, of its length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMATS = {
    "uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "PT15M",
    "email": "ada@example.com",
    "idn-email": "ada@example.com",
    "uri": "https://example.com/",
    "iri": "https://example.com/",
    "uri-reference": "/path",
    "iri-reference": "/path",
    "uri-template": "/path/{id}",
    "url": "https://example.com/",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "json-pointer": "/name",
    "relative-json-pointer": "0/name",
    "regex": "^a$",
    "byte": "ZXhhbXBsZQ==",
}
"""Format → a value that nobody owns (RFC 2606, RFC 5737, RFC 3849)."""

_USUAL = (
    *("example", "Example", "EXAMPLE", "a", "A", "1", "12", "1234", "12345678", "example-1"),
    *("example_1", "abc123", "ABC123", "1.0", "1.0.0", "v1", "v1.0.0", "en", "en-US", "EUR", "DE"),
    *("2026-01", "2026", "12:00", "#336699", "+491701234567", "10.50", "application/json"),
    *("0", "true", "/path", "example.com", "0123456789abcdef", "a" * 32, "a" * 40, "a" * 64),
    *("a/b", "a.b", "@example", "e1a2b3c4"),
)
_LONGEST = 2_000


def text(schema: dict[str, object]) -> str | None:
    """A text of the schema's format, pattern and length; None where none of those tried is.

    Args:
        schema: keywords of a string.
    """
    return next((one for one in _candidates(schema) if _fits(schema, one)), None)


def _candidates(schema: dict[str, object]) -> Iterator[str]:
    form = schema.get("format")
    if isinstance(form, str) and form in _FORMATS:
        yield _FORMATS[form]
    least = int(cast("float", schema.get("minLength", 1)))
    most = int(cast("float", schema.get("maxLength", least)))
    yield _USUAL[0]
    if "pattern" in schema:
        yield from _FORMATS.values()
    elif 7 < least <= _LONGEST:
        yield ("example-" * (least // 8 + 1))[:least]
    yield from _USUAL
    if least <= _LONGEST:
        yield "a" * least
    if most <= _LONGEST:
        yield "a" * most
        yield "1" * most


def _fits(schema: dict[str, object], candidate: str) -> bool:
    least = cast("float", schema.get("minLength", 0))
    most = cast("float", schema.get("maxLength", len(candidate)))
    if not least <= len(candidate) <= most:
        return False
    pattern = schema.get("pattern")
    if not isinstance(pattern, str):
        return True
    try:
        return re.search(pattern, candidate) is not None
    except re.error:  # a pattern in a dialect that Python does not share
        return False
