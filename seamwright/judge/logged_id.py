"""The request ID of a line that a box wrote."""

from __future__ import annotations

import json
from typing import cast


def logged_id(text: str, field: str) -> str | None:
    """What the field of a line in JSON says; None of a line that has none."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    found = cast("dict[str, object]", value).get(field)
    return found if isinstance(found, str) else None
