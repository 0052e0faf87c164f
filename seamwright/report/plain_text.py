"""Text of a subject, made fit to be shown: bounded, and with nothing hidden in it.

Control characters, terminal escapes, direction overrides, invisible characters and piles of
accents become their code points, `⟨U+202E⟩`; what is too long is cut, and how much is said.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories without a shape of their own: control, format, surrogate, unassigned, …"""

_BLANK = frozenset("\u00ad\u115f\u1160\u2800\u3164\uffa0")
"""Letters by category that are drawn as nothing."""

_ACCENTS = 3
"""Combining marks that one letter may carry."""


def visible(text: str, limit: int) -> str:
    """The text as characters only, for a title or an attribute."""
    shown = "".join(f"⟨{one}⟩" if hidden else one for one, hidden in _pieces(text[:limit]))
    return shown + _rest(text, limit)


def marked(text: str, limit: int) -> Markup:
    """The text as HTML: escaped, its direction kept to itself, its hidden characters marked."""
    parts = [
        f'<span class="hidden">{one}</span>' if hidden else escape(one)
        for one, hidden in _pieces(text[:limit])
    ]
    rest = _rest(text, limit)
    end = f'<span class="cut">{rest}</span>' if rest else ""
    return Markup("<bdi>" + "".join(parts) + "</bdi>" + end)  # noqa: S704 - each part is escaped


def is_exact(text: str, limit: int) -> bool:
    """Whether the text is shown as it is."""
    return len(text) <= limit and not any(hidden for _, hidden in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Runs of ordinary characters, and the code points of hidden ones."""
    run: list[str] = []
    accents = 0
    for character in text:
        category = unicodedata.category(character)
        accents = accents + 1 if category in ("Mn", "Me") else 0
        if category in _HIDDEN or character in _BLANK or accents > _ACCENTS:
            if run:
                yield "".join(run), False
                run = []
            yield f"U+{ord(character):04X}", True
        else:
            run.append(character)
    if run:
        yield "".join(run), False


def _rest(text: str, limit: int) -> str:
    return f" … {len(text) - limit:,} more characters" if len(text) > limit else ""
