"""What each takes of a budget hangs on what it wants, and never on who is faster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from seamwright.drive.turn import BATCH, Taker, allotted

if TYPE_CHECKING:
    import random


@dataclass
class _Asker:
    """One who wants so much, gives some of each batch back, and may leave after a batch."""

    wants: int
    gives_back: list[int]
    leaves_after: int
    taker: Taker = field(default_factory=Taker)

    def begin(self) -> None:
        self.taker = Taker(self.wants)

    def answered(self, count: int) -> None:
        """What came of its last batch."""
        at = self.taker.turns - 1
        back = min(count, self.gives_back[at] if at < len(self.gives_back) else 0)
        self.taker.settle(back)
        if self.taker.turns >= self.leaves_after:
            self.taker.wants = 0


_ASKERS = st.lists(
    st.builds(
        _Asker,
        wants=st.integers(0, 60),
        gives_back=st.lists(st.integers(0, BATCH), max_size=3),
        leaves_after=st.integers(1, 9),
    ),
    min_size=1,
    max_size=5,
)


def _by_rounds(askers: list[_Asker], budget: int) -> list[list[int]]:
    """What each has taken when all wait for all: a batch of each, then the next of each."""
    for one in askers:
        one.begin()
    left = budget
    while left and any(one.taker.wants for one in askers):
        for one in askers:
            count = min(BATCH, one.taker.wants, left)
            if count:
                left -= count
                one.taker.take(count)
                one.answered(count)
    return [one.taker.taken for one in askers]


def _as_they_come(askers: list[_Asker], budget: int, luck: random.Random) -> list[list[int]]:
    """What each has taken when each goes on as soon as it may."""
    for one in askers:
        one.begin()
    takers = [one.taker for one in askers]
    under_way: dict[int, int] = {}
    while True:
        asking = [at for at, one in enumerate(takers) if one.wants and at not in under_way]
        allotments = {at: allotted(takers, at, budget) for at in asking}
        free = [at for at in asking if allotments[at] is not None]
        if not free and not under_way:
            assert not asking, "all wait for each other"
            return [one.taken for one in takers]
        at = luck.choice([*free, *under_way])
        if at in under_way:
            askers[at].answered(under_way.pop(at))
            continue
        count = allotments[at]
        if count:
            takers[at].take(count)
            under_way[at] = count
        else:
            takers[at].wants = 0


@given(_ASKERS, st.integers(0, 200), st.randoms(use_true_random=False))
def test_the_faster_one_gets_no_more(
    askers: list[_Asker], budget: int, luck: random.Random
) -> None:
    """Whoever answers first, the batches are those of rounds in step, and the budget is kept."""
    taken = _as_they_come(askers, budget, luck)
    assert taken == _by_rounds(askers, budget)
    assert sum(one[-1] for one in taken) <= budget


def test_nobody_waits_where_there_is_enough() -> None:
    """A slow one holds up no other."""
    takers = [Taker(100), Taker(100)]
    for _ in range(12):
        count = allotted(takers, 1, 200)
        assert count == BATCH
        takers[1].take(count)
    assert allotted(takers, 1, 200) == 4


def test_near_its_end_each_waits_for_its_turn() -> None:
    """Who was first in the order is served first."""
    takers = [Taker(100), Taker(100)]
    assert allotted(takers, 1, 12) is None
    assert allotted(takers, 0, 12) == BATCH
    takers[0].take(BATCH)
    assert allotted(takers, 1, 12) == 4
