"""What was seen, whole or in parts.

observed ──▶ parts of so many exchanges ──joined──▶ the whole record
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from seamwright.record.encoding import End, FaultLaid, FaultLifted, Head
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
from seamwright.record.stream import moment, observed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from seamwright.record.encoding import Line


_LARGE = 1 << 14
_MET_S = 120.0
"""How long a fault that was lifted is still known, since what ends later may have met it."""


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
        stands_for: id → how many exchanges one stands for, itself and those that were left out of
            a long record since they are like it; one that is not named stands for itself.
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
    stands_for: Mapping[str, int] = field(default_factory=dict[str, int])

    def driven(self) -> tuple[Exchange, ...]:
        """The exchanges that the driver began."""
        return tuple(one for one in self.exchanges if one.case is not None)

    def on(self, edge: str) -> tuple[Exchange, ...]:
        """The exchanges of one edge."""
        return tuple(one for one in self.exchanges if one.edge == edge)

    def times(self, exchanges: Iterable[Exchange]) -> int:
        """How many exchanges these stand for."""
        return sum(self.stands_for.get(one.id, 1) for one in exchanges)

    @property
    def weight(self) -> int:
        """How many exchanges it has, and one more for every 16 kB of their bodies."""
        return sum(map(_weight, self.exchanges))

    def why_unseen(self, what: str) -> str | None:
        """Why an edge or a box could not be seen; None when it could."""
        return next((one.reason for one in self.unseen if one.what == what), None)


def load(folder: Path, protocols: Mapping[str, str]) -> Record:
    """The record in a folder, whole.

    Args:
        folder: what `Journal` wrote, finished or `.partial`.
        protocols: edge name → protocol, as the contract has it.

    Raises:
        RecordProblem: when there is none, or a line other than the last is broken.
    """
    (record,) = parts(folder, protocols, None)
    return record


def parts(folder: Path, protocols: Mapping[str, str], size: int | None) -> Iterator[Record]:
    """The record in a folder, in parts that follow each other; there is one at least.

    A part has what ended in it. A fault is in each part in which it lay, lifted or not yet, and in
    those of what it met that ended up to two minutes later. What could not be seen and what was
    published is in the part in which it was told, and in all later ones. So the last part knows
    best, as it does how long it took and whether it came to its end.

    Args:
        folder: what `Journal` wrote, finished or `.partial`.
        protocols: edge name → protocol, as the contract has it.
        size: observations of a part; None: all. Large bodies count as further ones.

    Raises:
        RecordProblem: when there is none, or a line other than the last is broken.
    """
    lines = observed(folder, protocols)
    head = next(lines)
    if not isinstance(head, Head):  # pragma: no cover - no record begins otherwise
        message = "a record begins with its head"
        raise TypeError(message)
    part = _Part(head)
    for line in lines:
        part.take(line)
        if size is not None and part.count >= size:
            yield part.record()
            part = part.following()
    yield part.record()


def joined(several: Iterable[Record]) -> Record:
    """The record of which these are all the parts, in order."""
    every = tuple(several)
    last = every[-1]
    faults = {fault.id: fault for part in every for fault in part.faults}
    return replace(
        last,
        exchanges=_in_order(one for part in every for one in part.exchanges),
        faults=tuple(faults.values()),
        log_lines=tuple(one for part in every for one in part.log_lines),
        mails=tuple(sorted((one for part in every for one in part.mails), key=_mailed)),
        pacts=tuple(one for part in every for one in part.pacts),
        again=tuple(one for part in every for one in part.again),
        asked_again=tuple(one for part in every for one in part.asked_again),
    )


@dataclass(slots=True)
class _Part:
    """A part while it is being read."""

    head: Head
    first_s: float = 0.0
    last_s: float = 0.0
    count: int = 0
    complete: bool = False
    faults: dict[str, FaultSpan] = field(default_factory=dict[str, FaultSpan])
    unseen: list[Unseen] = field(default_factory=list[Unseen])
    published: Published | None = None
    exchanges: list[Exchange] = field(default_factory=list[Exchange])
    asked_again: list[Exchange] = field(default_factory=list[Exchange])
    log_lines: list[LogLine] = field(default_factory=list[LogLine])
    mails: list[Mail] = field(default_factory=list[Mail])
    pacts: list[PactOutcome] = field(default_factory=list[PactOutcome])
    again: list[Again] = field(default_factory=list[Again])

    def take(self, line: Line) -> None:
        """Add what was seen."""
        self.complete = isinstance(line, End)
        self.last_s = max(self.last_s, moment(line))
        match line:
            case Exchange():
                (self.asked_again if _is_again(line) else self.exchanges).append(line)
                self.count += _weight(line)
            case LogLine():
                self.log_lines.append(line)
                self.count += 1
            case Mail():
                self.mails.append(line)
                self.count += 1
            case FaultLaid():
                self.faults[line.id] = FaultSpan(line.id, line.edge, line.fault, line.at_s, None)
            case FaultLifted() if line.id in self.faults:
                self.faults[line.id] = replace(self.faults[line.id], lifted_s=line.at_s)
            case PactOutcome():
                self.pacts.append(line)
            case Unseen():
                self.unseen.append(line)
            case Again():
                self.again.append(line)
            case Published():
                self.published = self.published or line
            case _:
                pass

    def record(self) -> Record:
        """What was taken so far."""
        # A fault is told that lay in this part, or while something was under way that ended in it.
        earliest_s = min([self.first_s, *(one.began_s for one in self.exchanges)])
        return Record(
            self.head,
            exchanges=_in_order(self.exchanges),
            faults=tuple(
                one
                for one in self.faults.values()
                if one.lifted_s is None or one.lifted_s >= earliest_s
            ),
            log_lines=tuple(self.log_lines),
            mails=tuple(sorted(self.mails, key=_mailed)),
            pacts=tuple(self.pacts),
            published=self.published,
            unseen=tuple(self.unseen),
            again=tuple(self.again),
            asked_again=tuple(self.asked_again),
            complete=self.complete,
            duration_s=max(self.last_s - self.head.zero_s, 0.0),
        )

    def following(self) -> _Part:
        """The next part, with the faults that still lie, or that what it holds may have met."""
        near = {
            id_: one
            for id_, one in self.faults.items()
            if one.lifted_s is None or self.last_s - one.lifted_s <= _MET_S
        }
        return _Part(
            self.head,
            self.last_s,
            self.last_s,
            faults=near,
            unseen=list(self.unseen),
            published=self.published,
        )


def _weight(one: Exchange) -> int:
    """How much room an exchange takes."""
    asked = len(one.request.body) if one.request else 0
    told = len(one.response.body) if one.response else 0
    return 1 + (asked + told) // _LARGE


def _in_order(exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
    return tuple(sorted(exchanges, key=lambda one: (one.began_s, one.id)))


def _mailed(one: Mail) -> tuple[float, str]:
    return one.at_s, one.id


def _is_again(one: Exchange) -> bool:
    return one.case is not None and one.case.purpose is Purpose.AGAIN
