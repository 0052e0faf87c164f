"""Which published files are out of date, as text, as JSON, and as annotations of GitHub's.

Files hold what somebody wrote into them: it is told with its hidden characters made visible.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seamwright.contract.derive.manifest import NAME
from seamwright.contract.derive.staleness import Why, differing_lines
from seamwright.report.plain_text import visible
from seamwright.report.workflow_command import workflow_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.contract.derive.staleness import Stale

FORMAT = 1
"""Version of the JSON form."""
MEND = "seamwright contracts generate"
_LINES_OF_ONE = 40
_LINES_OF_ALL = 400
_WIDEST = 200
"""Characters of a line."""
_WORDS = {
    Why.MISSING: "is not there",
    Why.DIFFERENT: "is not what the contract set says",
    Why.LEFTOVER: "is left over: nothing generates it any more",
}


def as_text(stale: Sequence[Stale], count: int) -> str:
    """A diff a file, bounded; `count` is the number of files that should be there."""
    lines: list[str] = []
    room = _LINES_OF_ALL
    for one in stale:
        lines.append(f"{visible(one.path, _WIDEST)} {_WORDS[one.why]}")
        told, left_out = _diff(one, min(_LINES_OF_ONE, room))
        room -= len(told)
        lines += [f"  {line}" for line in told]
        if left_out:
            lines.append(f"  … {left_out:,} more lines")
    return "\n".join((*lines, *summary(stale, count)))


def summary(stale: Sequence[Stale], count: int) -> tuple[str, ...]:
    """One line of figures, and one that says how to mend what is out of date."""
    if not stale:
        files = "1 published file is" if count == 1 else f"{count} published files are"
        return (f"{files} what the contract set says",)
    files = "1 published file is" if len(stale) == 1 else f"{len(stale)} published files are"
    return (f"{files} out of date", f"mend: {MEND}")


def as_json(stale: Sequence[Stale], count: int) -> str:
    """One object: every file with why it is out of date, and its diff, bounded."""
    told = {
        "format": FORMAT,
        "published": count,
        "stale": [_object(one) for one in stale],
        "mend": MEND if stale else "",
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_github(stale: Sequence[Stale], count: int) -> str:
    """One workflow command a file, and the figures."""
    lines = [
        workflow_command(
            "error",
            f"{visible(one.path, _WIDEST)} {_WORDS[one.why]}. Mend: {MEND}",
            file=visible(one.path, _WIDEST),
            title="out of date",
        )
        for one in stale
    ]
    return "\n".join((*lines, *summary(stale, count)))


def _object(one: Stale) -> dict[str, object]:
    lines, left_out = _diff(one, _LINES_OF_ONE)
    path = visible(one.path, _WIDEST)
    return {"path": path, "why": one.why.value, "diff": list(lines), "more_lines": left_out}


def _diff(one: Stale, most: int) -> tuple[list[str], int]:
    """The lines of a diff, where one says something: of a file that is there, and no list."""
    if one.why is not Why.DIFFERENT or one.path.endswith(f"/{NAME}"):
        return [], 0
    lines, left_out = differing_lines(one, most)
    return list(_shown(lines)), left_out


def _shown(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield visible(line.replace("\t", "    "), _WIDEST)
