"""A long record in the shape of a real one: its exchanges over and over, each time as new ones.

    head · copy 0 · copy 1 · … · faults, provocations, bursts · end

Each copy comes later than the one before, and has ids, request IDs, walks and connections of its
own, as have the things that are told of. Faults, provocations and bursts come once, however long a
gate is, and last.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from seamwright.record.journal import JOURNAL, WIRE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_PAUSE_S = 2.0
_LATE_S = 0.5
"""A service writes of a request within that time."""
_REPEATED = ('{"kind":"exchange"', '{"kind":"log"', '{"kind":"laid"', '{"kind":"lifted"')
_ONCE = ('{"kind":"laid"', '"purpose":"provoked"', '"purpose":"burst"')
_END = '{"kind":"end"'
_POINT = re.compile(
    r'(?P<moment>(?<="began_s":)[\d.e+]+|(?<="ended_s":)[\d.e+]+|(?<="at_s":)[\d.e+]+|^(?<=\[)[\d.]+)'
    r'|(?P<id>(?<=^{"kind":"log","id":")[^"]+|(?<=^{"kind":"laid","id":")[^"]+'
    r'|(?<=^{"kind":"lifted","id":")[^"]+|(?<=^{"kind":"exchange","id":")[^"]+)'
    r"|(?P<given>\breq_[0-9a-f]{4}(?=[0-9a-f]{20}))"
    r"|(?P<thing>\b[0-9a-f]{4}(?=[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{8}))"
    r"|(?P<sent>\bcase-(?=[a-z]))"
    r'|(?P<walk>(?<="purpose":"walk","reason":")[^"]*)'
)
_PIECE = re.compile(r'^\[([\d.]+),("[^"]*"),(\d+),')
_CONNECTIONS = 1_000_000
"""More than a copy has."""

_Line = list[str | tuple[str, str]]
"""Text, and what is another in each copy: what kind of thing it is, and what it was."""


def make_long(folder: Path, exchanges: int, out: Path) -> int:
    """Write a record of at least so many exchanges; how many it has.

    Args:
        folder: a real record, complete.
        exchanges: how many are wanted.
        out: the folder of the record that is made.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    journal = (folder / JOURNAL).read_text(encoding="utf-8").splitlines(keepends=True)
    wire = (folder / WIRE).read_text(encoding="utf-8").splitlines(keepends=True)
    seen = [_line(one) for one in journal if one.startswith(_REPEATED)]
    pieces = [_piece(one) for one in wire]
    once = (_moment(_line(one)) for one in journal if any(mark in one for mark in _ONCE))
    until_s = min(once, default=float("inf"))
    body, rest = _cut(seen, until_s)
    relayed = [one for one in pieces if _moment(one) < until_s]
    begun_s = min(map(_moment, [*body, *relayed]))
    ended_s = max(map(_moment, [*body, *relayed]))
    took_s = ended_s - begun_s + _PAUSE_S
    each = sum(map(_is_exchange, body)) + _answers(relayed)
    copies = -(-exchanges // each)
    with (out / JOURNAL).open("w", encoding="utf-8") as file:
        file.writelines(one for one in journal if not one.startswith((*_REPEATED, _END)))
        for number in range(copies):
            file.writelines(_copied(body, number, took_s))
        file.writelines(_copied(rest, copies - 1, took_s))
        end_s = max(map(_moment, [*seen, *pieces])) + copies * took_s
        file.write(f'{_END},"at_s":{end_s}}}\n')
    with (out / WIRE).open("w", encoding="utf-8") as file:
        for number in range(copies):
            file.writelines(_copied(relayed, number, took_s))
            if number < copies - 1:
                file.writelines(_copied(_closing(relayed, ended_s), number, took_s))
        file.writelines(_copied(pieces[len(relayed) :], copies - 1, took_s))
    return copies * each + sum(map(_is_exchange, rest))


def _cut(seen: Iterable[_Line], until_s: float) -> tuple[list[_Line], list[_Line]]:
    """What came before a moment, with the lines that were logged of it shortly after; the rest."""
    parts: tuple[list[_Line], list[_Line]] = ([], [])
    for one in seen:
        late_s = _LATE_S if str(one[0]).startswith('{"kind":"log"') else 0.0
        parts[_moment(one) >= until_s + late_s].append(one)
    return parts


def _is_exchange(line: _Line) -> bool:
    return str(line[0]).startswith(_REPEATED[0])


def _answers(pieces: Iterable[_Line]) -> int:
    """How many exchanges the tap relayed, about: answers that begin."""
    return sum('"<","HTTP/1.1 ' in str(one[5]) for one in pieces)


def _closing(pieces: Iterable[_Line], at_s: float) -> list[_Line]:
    """The ends of the connections that these pieces leave open."""
    open_: dict[str, _Line] = {}
    for one in pieces:
        connection = one[3][1]
        open_[connection] = one
        if str(one[5])[1] in "-!x":
            del open_[connection]
    return [
        ["[", ("moment", str(at_s)), one[2], one[3], ",", '"-",""]\n'] for one in open_.values()
    ]


def _line(text: str) -> _Line:
    return list(_split(text, 0))


def _piece(text: str) -> _Line:
    head = _PIECE.match(text)
    if head is None:
        message = f"no line of a wire: {text[:80]}"
        raise ValueError(message)
    at_s, edge, connection = head.groups()
    front: _Line = ["[", ("moment", at_s), f",{edge},", ("connection", connection), ","]
    return [*front, *_split(text, head.end())]


def _split(text: str, start: int) -> Iterator[str | tuple[str, str]]:
    for found in _POINT.finditer(text, start):
        yield text[start : found.start()]
        yield found.lastgroup or "", found[0]
        start = found.end()
    yield text[start:]


def _copied(lines: Iterable[_Line], number: int, took_s: float) -> Iterator[str]:
    made: dict[str, Callable[[str], str]] = {
        "moment": lambda old: f"{float(old) + number * took_s:.9f}",
        "id": lambda old: f"{old}-{number}",
        "given": lambda _: f"req_{number:04x}",
        "thing": lambda _: f"{number:04x}",
        "sent": lambda _: f"{number:04x}-",
        "walk": lambda old: f"{old}, copy {number}",
        "connection": lambda old: str(int(old) + number * _CONNECTIONS),
    }
    for line in lines:
        yield "".join(one if isinstance(one, str) else made[one[0]](one[1]) for one in line)


def _moment(line: _Line) -> float:
    """When it was written: the last moment that it names."""
    return max(float(one[1]) for one in line if not isinstance(one, str) and one[0] == "moment")
