"""What counts as an email address here, and when two are the same."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
_LONGEST = 254


def normal(address: str) -> str | None:
    """The address in lower case, or None where it is none: inboxes are not told apart by case."""
    if len(address) <= _LONGEST and _ADDRESS.fullmatch(address):
        return address.lower()
    return None
