"""Who owns, reads and writes each entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import became, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises
    from seamwright.contract.ownership import Entity

ENTITY_ADDED = ChangeClass(
    "OWN-ENTITY-ADDED",
    "there is one more entity",
    consumers=False,
    providers=True,
    reason="nobody reads it yet, but its owner must store it",
    cure="let its owner store it first",
)
ENTITY_REMOVED = ChangeClass(
    "OWN-ENTITY-REMOVED",
    "an entity is gone",
    consumers=True,
    providers=False,
    reason="whoever reads or writes it no longer may",
    cure="take its readers and writers out first",
)
OWNER_CHANGED = ChangeClass(
    "OWN-OWNER-CHANGED",
    "an entity has another owner",
    consumers=True,
    providers=True,
    reason="readers look in the old place, and the new owner must have it",
    cure="keep it in both places for a while, and let the old owner stay in charge",
)
READER_ADDED = ChangeClass(
    "OWN-READER-ADDED",
    "one more service may read an entity",
    consumers=False,
    providers=True,
    reason="its owner must let one more reader in",
    cure="announce it to the owner first",
)
READER_REMOVED = ChangeClass(
    "OWN-READER-REMOVED",
    "a service may no longer read an entity",
    consumers=True,
    providers=False,
    reason="a reader that does so now passes a boundary",
    cure="let the reader do without it first",
)
WRITER_ADDED = ChangeClass(
    "OWN-WRITER-ADDED",
    "one more service may write an entity",
    consumers=True,
    providers=True,
    reason="it may change under those who were its only writers, and its owner must let it",
    cure="let the new writer ask one of the old ones",
)
WRITER_REMOVED = ChangeClass(
    "OWN-WRITER-REMOVED",
    "a service may no longer write an entity",
    consumers=True,
    providers=False,
    reason="a writer that does so now passes a boundary",
    cure="let the writer ask another one first",
)
THROUGH_CHANGED = ChangeClass(
    "OWN-THROUGH-CHANGED",
    "a reader asks another service for an entity",
    consumers=True,
    providers=True,
    reason="the reader goes another way, and who is on it must answer",
    cure="keep the old way open for a while",
)
CLASSES = (
    ENTITY_ADDED,
    ENTITY_REMOVED,
    OWNER_CHANGED,
    READER_ADDED,
    READER_REMOVED,
    WRITER_ADDED,
    WRITER_REMOVED,
    THROUGH_CHANGED,
)


def changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change of the ownership matrix."""
    left, right = ({one.name: one for one in side.entities} for side in (old, new))
    for name in sorted(left.keys() | right.keys()):
        before, after = left.get(name), right.get(name)
        where = f"entity {printable(name)}"
        if before and after:
            yield from _changed(before, after, where)
        elif after:
            yield Change(ENTITY_ADDED, where, "nothing → entity")
        else:
            yield Change(ENTITY_REMOVED, where, "entity → nothing")


def _changed(old: Entity, new: Entity, where: str) -> Iterator[Change]:
    if old.owner != new.owner:
        yield Change(OWNER_CHANGED, where, f"owner {became(old.owner, new.owner)}")
    yield from _named(old.readers, new.readers, (READER_ADDED, READER_REMOVED), where)
    yield from _named(old.writers, new.writers, (WRITER_ADDED, WRITER_REMOVED), where)
    before, after = dict(old.through), dict(new.through)
    for reader in sorted((before.keys() | after.keys()) & old.readers & new.readers):
        if before.get(reader) != after.get(reader):
            said = became(before.get(reader, "directly"), after.get(reader, "directly"))
            yield Change(THROUGH_CHANGED, where, f"{printable(reader)} through {said}")


def _named(
    old: frozenset[str], new: frozenset[str], kinds: tuple[ChangeClass, ChangeClass], where: str
) -> Iterator[Change]:
    for name in sorted(new - old):
        yield Change(kinds[0], where, f"now also {printable(name)}")
    for name in sorted(old - new):
        yield Change(kinds[1], where, f"no longer {printable(name)}")
