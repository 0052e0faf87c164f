"""A small file of text that a command is given: read whole, and not without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class UnreadableError(Exception):
    """A file cannot be read as text; the message is what was seen instead."""


class TooLargeError(UnreadableError):
    """A file is larger than it may be."""


def small_text(path: Path, largest: int) -> str:
    """The file's text, its line ends as they are.

    Args:
        path: of the file.
        largest: bytes that it may have.

    Raises:
        UnreadableError: when it cannot be read, or is no UTF-8.
        TooLargeError: when it is larger.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
        if len(raw) > largest:
            message = f"more than {largest:,} bytes"
            raise TooLargeError(message)
        return raw.decode()
    except (OSError, UnicodeDecodeError) as error:
        seen = error.strerror if isinstance(error, OSError) else None
        raise UnreadableError(seen or "no UTF-8") from error
