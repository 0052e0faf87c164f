"""A docstring of a text that somebody else wrote."""

from __future__ import annotations

import textwrap

_ROOM = 92


def docstring(said: str) -> list[str]:
    """The lines of a docstring of a class; nothing in the text can end it."""
    lines = [
        _safe(piece)
        for line in said.strip().splitlines()
        for piece in (textwrap.wrap(line, _ROOM) if len(line) > _ROOM else [line]) or [""]
    ]
    if len(lines) == 1 and len(lines[0]) < _ROOM:
        return [f'    """{lines[0]}"""']
    first, *rest = lines
    return [f'    """{first}', *(f"    {one}".rstrip() for one in rest), '    """']


def _safe(line: str) -> str:
    shown = "".join(one if one.isprintable() else " " for one in line).rstrip()
    return shown.replace("\\", "\\\\").replace('"', '\\"')
