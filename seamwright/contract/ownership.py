"""Who owns, reads and writes a data entity."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """One row of the ownership matrix, read literally.

    Attributes:
        name: the entity.
        owner: the box that stores it.
        readers: the services that may read it.
        writers: the services that may write it.
        through: for a reader without direct access, the service it asks: reader → service.
    """

    name: str
    owner: str
    readers: frozenset[str]
    writers: frozenset[str]
    through: tuple[tuple[str, str], ...] = ()
