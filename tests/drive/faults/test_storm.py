"""What a storm draws."""

from __future__ import annotations

from itertools import islice

from seamwright.drive.faults.cut import Cut
from seamwright.drive.faults.storm import Storm
from seamwright.drive.faults.toxic import Toxic

EDGE, OTHER = "shop→stock", "shop→till"
FAULTS = (Cut(), Toxic("late", "latency", "upstream", {"latency": 5}))


def _drawn(seed: int, edge: str = EDGE) -> list[tuple[float, str, float]]:
    storm = Storm(seed, {EDGE: FAULTS, OTHER: FAULTS}, (0.1, 0.2), (0.3, 0.4))
    return [(calm, fault.name, lasts) for calm, fault, lasts in islice(storm.gusts(edge), 50)]


def test_the_same_seed_is_the_same_storm() -> None:
    """Drawn twice, it is equal."""
    assert _drawn(1) == _drawn(1)


def test_seeds_and_edges_differ() -> None:
    """Another seed or another edge has other weather."""
    assert 3 == len({str(one) for one in (_drawn(1), _drawn(2), _drawn(1, OTHER))})


def test_times_and_faults_are_those_that_were_given() -> None:
    """Each fault comes, and no time is shorter or longer than allowed."""
    drawn = _drawn(3)
    assert {"cut", "late"} == {name for _, name, _ in drawn}
    assert all(0.3 <= calm <= 0.4 and 0.1 <= lasts <= 0.2 for calm, _, lasts in drawn)
