"""A box's settings, read from environment variables.

A value that is missing or malformed ends the process: one line on stderr, exit code 2.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

_HIGHEST_PORT = 65_535


def text(name: str, default: str | None = None, *, shortest: int = 1) -> str:
    """The variable as it is, at least `shortest` characters long.

    Args:
        name: the variable's name.
        default: what an absent variable means; without it the variable is required.
        shortest: the fewest characters that make sense. What was seen is never shown,
            only its length: many of these values are secrets.
    """
    value = os.environ.get(name, default)
    if value is None:
        refuse(name, "a value", "nothing", "set it")
    if len(value) < shortest:
        refuse(
            name,
            f"{shortest} characters or more",
            f"{len(value)} characters",
            "give it a longer value",
        )
    return value


def integer(name: str, default: int | None = None) -> int:
    """The variable as a whole number, 0 or more."""
    value = os.environ.get(name)
    if value is None and default is not None:
        return default
    if value is None or not (value.isascii() and value.isdigit()):
        refuse(name, "a whole number", _shown(value), "set it to digits only")
    return int(value)


def port(name: str) -> int:
    """The variable as a TCP port: 1 to 65535."""
    value = integer(name)
    if not 1 <= value <= _HIGHEST_PORT:
        refuse(name, "a port from 1 to 65535", str(value), "choose a free port")
    return value


def milliseconds(name: str, default_ms: float | None = None) -> float:
    """The variable as a duration in milliseconds, 0 or more; fractions are allowed."""
    value = os.environ.get(name)
    if value is None and default_ms is not None:
        return default_ms
    try:
        duration_ms = float(value or "")
    except ValueError:
        duration_ms = -1.0
    # Also refuses "nan", which is not at least zero.
    if not 0 <= duration_ms < float("inf"):
        refuse(name, "milliseconds, 0 or more", _shown(value), "set it to a number like 250")
    return duration_ms


def refuse(name: str, expected: str, seen: str, mend: str) -> NoReturn:
    """End the process with one line about the variable `name`, exit code 2."""
    sys.stderr.write(f"{name}: expected {expected}, seen {seen}; to mend: {mend}\n")
    raise SystemExit(2)


def _shown(value: str | None) -> str:
    return "nothing" if value is None else repr(value)
