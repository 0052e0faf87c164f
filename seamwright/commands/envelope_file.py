"""The file of `--envelope`, read: what it says is `envelope_entry`'s business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.commands.envelope_entry import envelope_problem, parse_envelope
from seamwright.commands.small_file import TooLargeError, UnreadableError, small_text

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.contract.adopt.envelope_named import NamedEnvelope

_LARGEST = 1 << 20


def read_envelope(path: Path) -> NamedEnvelope:
    """The envelope that a file names.

    Raises:
        EnvelopeFileProblem: when it cannot be read, or is not of the documented form.
    """
    try:
        text = small_text(path, _LARGEST)
    except UnreadableError as error:
        large = isinstance(error, TooLargeError)
        wanted = "a small file" if large else "a file that names an envelope, in TOML or JSON"
        raise envelope_problem(wanted, str(error), str(path), "name another file") from error
    return parse_envelope(text, str(path))
