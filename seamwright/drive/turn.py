"""How much of one budget each of several takes, whoever of them is faster.

They take by turns: each a batch, then each its next one. As long as the budget is enough for all
that may still be taken before, nobody waits for anybody; near its end each waits for its turn. So
what is taken hangs on what each wants, and never on how fast it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH = 8
"""What is taken in a turn."""


@dataclass(slots=True)
class Taker:
    """One of those who share a budget.

    Attributes:
        wants: how much it would still take.
        under_way: how much of what it took it may yet give back, to take it once more.
        taken: how much it had taken after none of its turns, after one, after two ….
    """

    wants: int = 0
    under_way: int = 0
    taken: list[int] = field(default_factory=lambda: [0])

    @property
    def turns(self) -> int:
        """How many it has had."""
        return len(self.taken) - 1

    def take(self, count: int) -> None:
        """Take what was allotted."""
        self.wants -= count
        self.under_way = count
        self.taken.append(self.taken[-1] + count)

    def settle(self, back: int) -> None:
        """All that was under way is over; so much of it is to be taken once more."""
        self.under_way = 0
        self.wants += back

    def taken_within(self, turns: int) -> int:
        """How much it has taken in its first turns."""
        return self.taken[min(turns, self.turns)]

    def to_come_within(self, turns: int) -> int:
        """How much it may take at most until it has had so many turns."""
        left = max(0, turns - self.turns)
        return min(self.wants + self.under_way, left * BATCH)


def allotted(takers: Sequence[Taker], at: int, budget: int) -> int | None:
    """What one may take in its next turn; None where that is not known yet.

    Args:
        takers: all, in the order of their turns.
        at: the place of the one who asks.
        budget: of all together.
    """
    one = takers[at]
    want = min(BATCH, one.wants)
    left = budget - one.taken[-1]
    to_come = 0
    for place, other in enumerate(takers):
        if place != at:
            before = one.turns + (place < at)
            left -= other.taken_within(before)
            to_come += other.to_come_within(before)
    if want <= left - to_come:
        return want
    return None if to_come else min(want, left)
