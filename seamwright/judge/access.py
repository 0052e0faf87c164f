"""Who may reach a data entity, and how, as the ownership matrix says.

through = ((web, worker),)      web asks the worker, and the worker acts for the web
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.ownership import Entity


def readers_of(entity: Entity) -> frozenset[str]:
    """The boxes that may read it: its owner, its readers, and whom these ask."""
    return _with_asked(entity, {entity.owner, *entity.readers})


def writers_of(entity: Entity) -> frozenset[str]:
    """The boxes that may write it: its owner, its writers, and whom these ask."""
    return _with_asked(entity, {entity.owner, *entity.writers})


def direct(entity: Entity) -> frozenset[str]:
    """The boxes that reach it without asking another."""
    return (readers_of(entity) | writers_of(entity)) - asking(entity)


def asking(entity: Entity) -> frozenset[str]:
    """The boxes that ask another for it."""
    return frozenset(asker for asker, _ in entity.through)


def ends_of(entity: Entity, asker: str) -> frozenset[str]:
    """The boxes that reach it directly in the end when this one asks; none in a circle."""
    return _with_asked(entity, {asker}) - asking(entity)


def _with_asked(entity: Entity, boxes: Iterable[str]) -> frozenset[str]:
    found = set(boxes)
    for _ in entity.through:
        found |= {asked for asker, asked in entity.through if asker in found}
    return frozenset(found)
