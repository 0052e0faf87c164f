"""Where a parameter stands and what it is called, and the headers of an answer: in any dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.description.document_source import shown

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from seamwright.contract.description.document_source import Source
    from seamwright.contract.description.operations import Fields

_IGNORED = frozenset({"accept", "content-type", "authorization"})
"""Header parameters that a document says in other words (OpenAPI 3.1, "Parameter Object")."""


def placed(
    source: Source, fields: Fields, pointer: str, places: Container[str]
) -> tuple[str, str] | None:
    """The place and the name of a parameter; None, and a note, where it is none to be read."""
    place = source.text(fields, "in", pointer)
    name = source.text(fields, "name", pointer)
    if place not in places or not name:
        source.note(pointer, f"no parameter: {shown(name)} in {shown(place)}: left out")
        return None
    if place == "header" and name.lower() in _IGNORED:
        source.note(pointer, f"the header {name} is said elsewhere: left out")
        return None
    return place, name


def headers(source: Source, fields: Fields, pointer: str) -> Iterator[tuple[str, Fields, str]]:
    """Name, content and pointer of each header of an answer; its content type is said elsewhere."""
    for name, value, where in source.members(fields, "headers", pointer):
        one, one_at = source.followed(value, where)
        if one and name.lower() != "content-type":
            yield name, one, one_at
