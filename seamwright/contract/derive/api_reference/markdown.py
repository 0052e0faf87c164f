"""Markdown of texts that are not to be trusted: GitHub's dialect, and no HTML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"[\\`*\[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~(?=~)")
_LINE_START = re.compile(r"^(#+|[-+]|\d+[.)]|=+)(?=\s|$)")
_SLUG = re.compile(r"[^\w\- ]")


NOTHING = "-"
"""A cell in which there is nothing to say."""


def text(said: str) -> str:
    """A text of the contract on one line, in which nothing is markup."""
    shown = "".join(one if one.isprintable() else " " for one in said)
    plain = " ".join(shown.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _SPECIAL.sub(lambda one: "\\" + one.group(), plain)
    return _LINE_START.sub(lambda one: "\\" + one.group(), escaped)


def sentence(said: str) -> str:
    """A text that ends like a sentence; "" stays so."""
    shown = text(said)
    first = shown.split(" ", 1)[0]
    if first.rstrip(".,;:!?").isalpha() and first.islower():
        shown = shown[0].upper() + shown[1:]
    return shown if not shown or shown[-1] in ".!?:" else shown + "."


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, its cells escaped already; nothing at all where there are no rows."""
    lines = [_row(one) for one in rows]
    return [_row(head), _row(["---"] * len(head)), *lines, ""] if lines else []


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def heading(level: int, said: str) -> list[str]:
    """A heading and the empty line after it."""
    return [f"{'#' * level} {text(said)}", ""]


def json_block(value: object) -> list[str]:
    """A JSON value, in a fence that it cannot end."""
    return ["```json", *_fenced(json.dumps(value, indent=2, ensure_ascii=False)), "```", ""]


def _fenced(said: str) -> list[str]:
    # Inside a JSON text a line begins with a space, a bracket or a quotation mark: never a fence.
    return [
        "".join(one if one.isprintable() else "\ufffd" for one in line) for line in said.split("\n")
    ]


def slug(said: str) -> str:
    """The anchor that GitHub gives to a heading."""
    shown = "".join(one if one.isprintable() else " " for one in said)
    return _SLUG.sub("", " ".join(shown.split()).lower()).replace(" ", "-")


class Anchors:
    """The anchors of a page: of headings that are alike, the later ones are numbered."""

    def __init__(self) -> None:
        """No heading yet."""
        self._met: dict[str, int] = {}

    def add(self, said: str) -> str:
        """The anchor of the next heading with this text."""
        anchor = slug(said)
        count = self._met.get(anchor, 0)
        self._met[anchor] = count + 1
        return f"{anchor}-{count}" if count else anchor


def duration(milliseconds: int) -> str:
    """A duration in the unit that people use."""
    if milliseconds and milliseconds % 1_000 == 0:
        return f"{milliseconds // 1_000:,} s"
    return f"{milliseconds:,} ms"


YES, NO = "Yes", "No"
