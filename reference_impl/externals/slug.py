"""The word that stands for a company in a made-up address."""

from __future__ import annotations

import re

_NOT_IN_A_HOST_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST = 63


def slug(name: str) -> str:
    """The name as a host name's label: "Acme & Sons" → "acme-sons"; "unknown" if nothing is left.

    Text in other scripts has no such label and is "unknown" too.
    """
    label = _NOT_IN_A_HOST_NAME.sub("-", name.lower()).strip("-")[:_LONGEST].strip("-")
    return label or "unknown"
