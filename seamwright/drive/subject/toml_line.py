"""Where a key of a TOML document stands, for messages that name the line."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*\[{1,2}\s*(?P<path>[^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(?P<path>(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_.\-])+)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_\-]+)")

Path = tuple[str, ...]


def line_of(text: str, path: Path) -> int:
    """The line (from 1) of a key, or of the nearest table that would hold it; 1 if none does."""
    lines = _lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _lines(text: str) -> dict[Path, int]:
    found: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _TABLE.match(line):
            table = _parts(match["path"])
            found.setdefault(table, number)
        elif match := _KEY.match(line):
            found.setdefault(table + _parts(match["path"]), number)
    return found


def _parts(path: str) -> Path:
    return tuple(a or b or c for a, b, c in _PART.findall(path))
