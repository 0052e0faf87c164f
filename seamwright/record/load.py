"""A saved record, read whole: also one that a kill cut short."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.problem import UsageProblem
from seamwright.record import wire
from seamwright.record.encoding import FORMAT, End, FaultLaid, FaultLifted, Head, decode, spans
from seamwright.record.journal import JOURNAL, WIRE
from seamwright.record.observation import (
    Again,
    Exchange,
    FaultSpan,
    LogLine,
    Mail,
    PactOutcome,
    Published,
    Purpose,
    Unseen,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from seamwright.record.encoding import Line

_HEAD_LENGTH = 200


class RecordProblem(UsageProblem):
    """A saved record cannot be read."""


@dataclass(frozen=True, slots=True)
class Record:
    """All that was seen, in the order in which it began.

    Attributes:
        head: what was judged, against which contract, and when.
        exchanges: on every edge, the driver's included.
        faults: with both their ends.
        log_lines: of every box.
        mails: that went over mail edges.
        pacts: what each side of each interaction showed.
        published: what was found of what the project publishes; None where it publishes nothing.
        unseen: what could not be seen, and why.
        again: findings that were looked for once more.
        asked_again: the exchanges by which that was done; no rule judges them.
        complete: whether the run that wrote it came to its end.
        duration_s: from the head to the last thing seen.
    """

    head: Head
    exchanges: tuple[Exchange, ...] = ()
    faults: tuple[FaultSpan, ...] = ()
    log_lines: tuple[LogLine, ...] = ()
    mails: tuple[Mail, ...] = ()
    pacts: tuple[PactOutcome, ...] = ()
    published: Published | None = None
    unseen: tuple[Unseen, ...] = ()
    again: tuple[Again, ...] = ()
    asked_again: tuple[Exchange, ...] = ()
    complete: bool = True
    duration_s: float = 0.0

    def driven(self) -> tuple[Exchange, ...]:
        """The exchanges that the driver began."""
        return tuple(one for one in self.exchanges if one.case is not None)

    def on(self, edge: str) -> tuple[Exchange, ...]:
        """The exchanges of one edge."""
        return tuple(one for one in self.exchanges if one.edge == edge)

    def why_unseen(self, what: str) -> str | None:
        """Why an edge or a box could not be seen; None when it could."""
        return next((one.reason for one in self.unseen if one.what == what), None)


def load(folder: Path, protocols: Mapping[str, str]) -> Record:
    """The record in a folder.

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
    lines = [_line(path, number, value) for number, value in _values(path)]
    if not lines or not isinstance(lines[0], Head):
        raise _problem(path, 1, f"a head of format {FORMAT}", "something else")
    wired = list(wire.observations(_wired(folder / WIRE), protocols))
    seen = [one for one in (*lines, *wired) if isinstance(one, Exchange)]
    exchanges = [one for one in seen if not _is_again(one)]
    mails = [one for one in (*lines, *wired) if isinstance(one, Mail)]
    last = max([_moment(one) for one in lines] + [one.ended_s for one in seen])
    return Record(
        head=lines[0],
        exchanges=tuple(sorted(exchanges, key=lambda one: (one.began_s, one.id))),
        faults=tuple(
            spans(
                [one for one in lines if isinstance(one, FaultLaid)],
                [one for one in lines if isinstance(one, FaultLifted)],
            )
        ),
        log_lines=tuple(one for one in lines if isinstance(one, LogLine)),
        mails=tuple(sorted(mails, key=lambda one: (one.at_s, one.id))),
        pacts=tuple(one for one in lines if isinstance(one, PactOutcome)),
        published=next((one for one in lines if isinstance(one, Published)), None),
        unseen=tuple(one for one in lines if isinstance(one, Unseen)),
        again=tuple(one for one in lines if isinstance(one, Again)),
        asked_again=tuple(one for one in seen if _is_again(one)),
        complete=isinstance(lines[-1], End),
        duration_s=max(last - lines[0].zero_s, 0.0),
    )


def _is_again(one: Exchange) -> bool:
    return one.case is not None and one.case.purpose is Purpose.AGAIN


def _moment(line: Line) -> float:
    match line:
        case Head():
            return line.zero_s
        case Exchange():
            return line.ended_s
        case End() | FaultLaid() | FaultLifted() | LogLine() | Mail():
            return line.at_s
        case _:
            return 0.0


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


def _wired(path: Path) -> Iterator[object]:
    if path.is_file():
        for number, value in _values(path):
            try:
                wire.piece_of(value)
            except ValueError as error:
                seen = str(value)[:_HEAD_LENGTH]
                raise _problem(path, number, "a line of the wire", seen) from error
            yield value


def _problem(path: Path, number: int, expected: str, seen: str) -> RecordProblem:
    return RecordProblem(
        expected=expected,
        seen=seen,
        where=f"{path}:{number}",
        mend="judge a record that this version of the harness wrote",
    )
