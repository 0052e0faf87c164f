"""How long a refused caller is asked to wait (RFC 9110, 10.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.record.observation import header

if TYPE_CHECKING:
    from seamwright.record.observation import Response

_TOO_MANY = 429


def retry_after_s(answer: Response | None) -> float | None:
    """The seconds that a 429 asks for; None where it is no 429, or says nothing in seconds."""
    if answer is None or answer.status != _TOO_MANY:
        return None
    text = header(answer.headers, "retry-after") or ""
    return float(text) if text.isascii() and text.isdigit() else None
