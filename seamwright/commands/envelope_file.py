"""The file of `--envelope`, read: what it says is `envelope_entry`'s business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.commands.envelope_entry import envelope_problem, parse_envelope

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
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
        text = raw.decode()
    except (OSError, UnicodeDecodeError) as error:
        seen = (error.strerror if isinstance(error, OSError) else None) or "no UTF-8"
        raise envelope_problem(
            "a file that names an envelope, in TOML or JSON", seen, str(path), "name another file"
        ) from error
    if len(raw) > _LARGEST:
        seen = f"more than {_LARGEST:,} bytes"
        raise envelope_problem("a small file", seen, str(path), "name another file")
    return parse_envelope(text, str(path))
