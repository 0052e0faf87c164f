"""An exchange that may be kept, with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.judge.excerpt.foremost import Foremost
    from seamwright.record.observation import Exchange, LogLine, Mail


@dataclass(slots=True)
class Kind:
    """Exchanges that are alike: how many there were, and which of them are kept.

    Attributes:
        first: those that began first.
        smallest: those with the smallest requests.
        last: the one that began last.
        count: of all.
    """

    first: Foremost[Member]
    smallest: Foremost[Member]
    last: Member | None = None
    count: int = 0

    def add(self, one: Member) -> None:
        """One more."""
        seen = one.exchange
        self.count += 1
        self.first.add((seen.began_s, seen.id), one)
        self.smallest.add((seen.asked_size, seen.id), one)
        if self.last is None or self.last.began <= one.began:
            self.last = one

    def kept(self) -> list[Member]:
        """Those that are kept; some of them twice."""
        return [*self.first, *self.smallest, *([self.last] if self.last else [])]


@dataclass(slots=True)
class Member:
    """An exchange of a kind.

    Attributes:
        exchange: as it was seen.
        kind: of which it is.
        line: its service's log line with its request ID, and its number; None where none was seen.
        behind: the driven exchange whose request ID a call between services carries.
    """

    exchange: Exchange
    kind: Kind = field(repr=False)
    line: tuple[int, LogLine] | None = None
    behind: Member | None = None

    @property
    def began(self) -> tuple[float, str]:
        """Its place in the order of a record."""
        return self.exchange.began_s, self.exchange.id


@dataclass(slots=True)
class Posted:
    """A mail that may be kept, and the driven exchange whose request ID it carries."""

    mail: Mail
    behind: Member | None = None
