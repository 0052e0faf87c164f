"""A fault that all parts of a service have is one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.rule import Bench
from seamwright.judge.shared_fault import by_part
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.judge.verdict import Verdict

BENCH = Bench("ONE001")
READ, PLACE = Place("shop", "GET /a"), Place("shop", "POST /a")


def _told(verdicts: Iterable[Verdict]) -> list[tuple[str, Place, str, str]]:
    found = list(verdicts)
    assert all((CONTRACT,) == one.evidence for one in found)
    return [(one.outcome.value, one.place, one.said, one.shape) for one in found]


def test_what_all_have_is_told_once() -> None:
    """The service is blamed, with how many parts it has."""
    found = by_part(BENCH, "shop", "endpoint", [(READ, "is late"), (PLACE, "is late")])
    said = "each of its 2 endpoints is late"
    assert [("fail", Place("shop"), said, "is late")] == _told(found)


def test_what_some_have_is_told_of_them() -> None:
    """Each part has its verdict, and the fault names the part."""
    found = by_part(BENCH, "shop", "endpoint", [(READ, ""), (PLACE, "is late")])
    assert [
        ("pass", READ, "", ""),
        ("fail", PLACE, "the endpoint POST /a is late", "is late"),
    ] == _told(found)


def test_different_faults_stay_with_their_parts() -> None:
    """Two parts with a fault each are two findings, and an edge is named by its own name."""
    edge = Place("shop", aspect="shop→bank")
    found = by_part(BENCH, "shop", "edge", [(edge, "is late"), (PLACE, "is lost")])
    assert ["the edge shop→bank is late", "the edge POST /a is lost"] == [one.said for one in found]


def test_a_single_part_is_blamed_itself() -> None:
    """Where there is one part only, the finding is about it; where there is none, there is none."""
    found = by_part(BENCH, "shop", "endpoint", [(READ, "is late")])
    assert [("fail", READ, "the endpoint GET /a is late", "is late")] == _told(found)
    assert [] == list(by_part(BENCH, "shop", "endpoint", []))
