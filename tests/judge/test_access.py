"""Who reaches an entity, and through whom."""

from __future__ import annotations

from seamwright.contract import Entity
from seamwright.judge.access import asking, direct, ends_of, readers_of, writers_of

ORDERS = Entity(
    "orders",
    "store",
    readers=frozenset({"page"}),
    writers=frozenset({"shop"}),
    through=(("broker", "shop"), ("page", "broker")),
)
CIRCLE = Entity("a", "store", frozenset({"b"}), frozenset(), (("b", "c"), ("c", "b")))


def test_whom_a_reader_asks_reads_too() -> None:
    """A chain of asking is followed to its end, in whatever order it is declared."""
    assert {"store", "page", "broker", "shop"} == readers_of(ORDERS)


def test_whom_a_reader_asks_may_not_write_for_it() -> None:
    """Reading for another gives no right to write."""
    assert {"store", "shop"} == writers_of(ORDERS)


def test_who_asks_does_not_reach_it_directly() -> None:
    """Only the end of a chain reaches the entity."""
    assert {"page", "broker"} == asking(ORDERS)
    assert {"store", "shop"} == direct(ORDERS)


def test_a_circle_of_asking_ends_nowhere() -> None:
    """Who asks in a circle never comes to the entity."""
    assert {"shop"} == ends_of(ORDERS, "page")
    assert set() == ends_of(CIRCLE, "b")
