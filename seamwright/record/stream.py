"""A saved record, read line by line: also one that a kill cut short.

    journal.ndjson ─┐
                    ├─ in step, by moment ─▶ head, what was seen …, end
    wire.ndjson ────┘

Nothing that was read is kept here, so a record of any length is read in the same memory.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seamwright.problem import UsageProblem
from seamwright.record.encoding import FORMAT, End, FaultLaid, FaultLifted, Head, decode
from seamwright.record.journal import JOURNAL, WIRE
from seamwright.record.observation import Exchange, LogLine, Mail
from seamwright.record.wire import Wire, piece_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from seamwright.record.encoding import Line
    from seamwright.record.wire import Piece

_HEAD_LENGTH = 200


class RecordProblem(UsageProblem):
    """A saved record cannot be read."""


def observed(folder: Path, protocols: Mapping[str, str]) -> Iterator[Line]:
    """Everything in a record: the head first, the rest about as it ended; the end last, if any.

    Args:
        folder: what `Journal` wrote, finished or `.partial`.
        protocols: edge name → protocol, as the contract has it.

    Raises:
        RecordProblem: when there is none, or a line other than the last is broken.
    """
    path = folder / JOURNAL
    if not path.is_file():
        raise RecordProblem(
            expected=f"a record: a folder with {JOURNAL}",
            seen="no such file",
            where=str(path),
            mend="name the folder `record` (or `record.partial`) of a run",
        )
    wired = _Wired(folder / WIRE, protocols)
    held: Line | None = None
    for number, value in _values(path):
        line = _line(path, number, value)
        if number == 1 and not isinstance(line, Head):
            raise _problem(path, 1, f"a head of format {FORMAT}", "something else")
        if held is not None:
            yield from wired.until(moment(held))
            yield held
        held = line
    if held is None:
        raise _problem(path, 1, f"a head of format {FORMAT}", "something else")
    if not isinstance(held, End):
        yield held
    yield from wired.until(float("inf"))
    yield from wired.end()
    if isinstance(held, End):
        yield held


def moment(line: Line) -> float:
    """When something was seen; 0 of what has no moment."""
    match line:
        case Head():
            return line.zero_s
        case Exchange():
            return line.ended_s
        case End() | FaultLaid() | FaultLifted() | LogLine() | Mail():
            return line.at_s
        case _:
            return 0.0


class _Wired:
    """What the tap relayed, read up to a moment."""

    def __init__(self, path: Path, protocols: Mapping[str, str]) -> None:
        self._wire = Wire(protocols)
        self._lines = _pieces(path)
        self._next = next(self._lines, None)

    def until(self, moment_s: float) -> Iterator[Exchange | Mail]:
        """What was complete by then."""
        while self._next is not None and self._next[2].at_s <= moment_s:
            yield from self._wire.feed(*self._next)
            self._next = next(self._lines, None)

    def end(self) -> Iterator[Exchange | Mail]:
        """What was left incomplete."""
        yield from self._wire.end()


def _values(path: Path) -> Iterator[tuple[int, object]]:
    """Parsed lines with their numbers; a last line that was cut short is left out."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, 1):
            try:
                value: object = json.loads(text)
            except (ValueError, RecursionError) as error:
                if not text.endswith("\n"):
                    return
                raise _problem(path, number, "a line of JSON", text[:_HEAD_LENGTH]) from error
            yield number, value


def _line(path: Path, number: int, value: object) -> Line:
    try:
        if not isinstance(value, dict):
            raise TypeError(type(value).__name__)  # noqa: TRY301 - one message for both cases
        return decode(value)  # pyright: ignore[reportUnknownArgumentType] - decode checks it
    except (ValueError, KeyError, TypeError) as error:
        seen = str(error).splitlines()[0][:_HEAD_LENGTH]
        raise _problem(path, number, "a line of a record", seen) from error


def _pieces(path: Path) -> Iterator[tuple[str, int, Piece]]:
    if path.is_file():
        for number, value in _values(path):
            try:
                piece = piece_of(value)
            except ValueError as error:
                seen = str(value)[:_HEAD_LENGTH]
                raise _problem(path, number, "a line of the wire", seen) from error
            yield piece


def _problem(path: Path, number: int, expected: str, seen: str) -> RecordProblem:
    return RecordProblem(
        expected=expected,
        seen=seen,
        where=f"{path}:{number}",
        mend="judge a record that this version of the harness wrote",
    )
