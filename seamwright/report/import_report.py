"""What an import took over and what it could not: a page for the team that gets the set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.derive.api_reference.markdown import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.adopt import Adoption
    from seamwright.contract.description.document import Description, Note

MARK = "<!-- Written by `seamwright contracts import`. -->"
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`|\b\d+\b")
_MOST = 20
_NEVER = (
    "tags, operation ids, links, callbacks, webhooks and servers of single operations",
    "descriptions beyond the first line of an operation, and examples of whole bodies",
    "how parts of a form are encoded, and further media types of a body",
)
_TODO = (
    "Name the errors: `ErrorCode`s in `errors`, so that each code has one status and one meaning.",
    "Say why each endpoint answers at once or later (`mode_reason`), and its rate limit.",
    "Say who owns which data (`entities`), and which boxes call which (`edges`).",
    "Look at the envelope, if there is one and nobody has named it: it was inferred.",
)


def import_report(description: Description, adoption: Adoption, where: str) -> str:
    """The page, in Markdown.

    Args:
        description: the document that was read.
        adoption: what was made of it.
        where: what the document is called.
    """
    said = f"{text(description.title)} {text(description.version)}".strip()
    lines = [
        MARK,
        "",
        f"# Imported from {text(where)}",
        "",
        (
            f"{said}, {description.dialect}: {adoption.endpoints:,} endpoints, "
            f"{adoption.messages:,} messages."
        ),
        "",
        "## Envelope",
        "",
        f"{text(adoption.envelope)}.",
        "",
        "## What could not be said",
        "",
        *_notes(adoption.notes),
        "No contract set says:",
        "",
        *(f"- {one}" for one in _NEVER),
        "",
        "## What to do next",
        "",
        *(f"- {one}" for one in _TODO),
    ]
    return "\n".join(lines) + "\n"


def grouped(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Notes of one kind together, the most frequent kind first."""
    kinds: dict[str, list[Note]] = {}
    for one in notes:
        kinds.setdefault(_QUOTED.sub("…", one.said), []).append(one)
    return dict(sorted(kinds.items(), key=lambda kind: -len(kind[1])))


def _notes(notes: Iterable[Note]) -> list[str]:
    lines: list[str] = []
    for same in grouped(notes).values():
        lines.append(f"- {len(same):,} times: {text(same[0].said)}" if len(same) > 1 else "")
        lines = lines if lines[-1] else lines[:-1]
        deeper = "  " if len(same) > 1 else ""
        for one in same[:_MOST]:
            lines.append(f"{deeper}- {text(one.pointer) or 'the document'}: {text(one.said)}")
        if len(same) > _MOST:
            lines.append(f"{deeper}- and {len(same) - _MOST:,} more")
    return [*(lines or ["Everything else was taken over."]), ""]
