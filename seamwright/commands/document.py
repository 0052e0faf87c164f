"""A document that a command is given: read whole, and not without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.description.problem import DescriptionProblem

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 32 * 1024 * 1024


def content(file: Path) -> bytes:
    """The bytes of a document.

    Raises:
        DescriptionProblem: when it cannot be read, or is larger than 32 MiB.
    """
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= _LARGEST else b""
    except OSError as error:
        raise _problem(file, "a file that can be read", error.strerror or "none") from error
    if size > _LARGEST:
        raise _problem(file, f"a document of at most {_LARGEST:,} bytes", f"{size:,} bytes")
    return data


def _problem(file: Path, expected: str, seen: str) -> DescriptionProblem:
    return DescriptionProblem(
        expected=expected, seen=seen, where=str(file), mend="name another file"
    )
