"""The headers of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.direction import Direction
from seamwright.contract.compare.matching import common, only
from seamwright.contract.compare.wording import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.value import Surfaces
    from seamwright.contract.description.document import Parameter, Response

HEADER_REQUIRED_ADDED = ChangeClass(
    "HDR-ADDED-REQUIRED",
    "an answer must have one more header",
    consumers=False,
    providers=True,
    reason="consumers pass over it, but every provider must send it",
    cure="let it be left out until every provider sends it",
)
HEADER_OPTIONAL_ADDED = ChangeClass(
    "HDR-ADDED-OPTIONAL",
    "an answer may have one more header",
    consumers=False,
    providers=False,
    reason="consumers pass over it, and no provider must send it",
)
HEADER_REQUIRED_REMOVED = ChangeClass(
    "HDR-REMOVED-REQUIRED",
    "a header that every answer had is gone",
    consumers=True,
    providers=False,
    reason="consumers count on it; a provider may send it all the same",
    cure="go on sending it",
)
HEADER_OPTIONAL_REMOVED = ChangeClass(
    "HDR-REMOVED-OPTIONAL",
    "a header that answers could have is gone",
    consumers=False,
    providers=False,
    reason="consumers can do without it, and a provider may send it all the same",
)
HEADER_BECAME_REQUIRED = ChangeClass(
    "HDR-BECAME-REQUIRED",
    "every answer must have a header",
    consumers=False,
    providers=True,
    reason="providers that left it out are wrong now",
    cure="let it be left out until every provider sends it",
)
HEADER_BECAME_OPTIONAL = ChangeClass(
    "HDR-BECAME-OPTIONAL",
    "a header may be left out",
    consumers=True,
    providers=False,
    reason="consumers count on it",
    cure="go on sending it always",
)
CLASSES = (
    HEADER_REQUIRED_ADDED,
    HEADER_OPTIONAL_ADDED,
    HEADER_REQUIRED_REMOVED,
    HEADER_OPTIONAL_REMOVED,
    HEADER_BECAME_REQUIRED,
    HEADER_BECAME_OPTIONAL,
)


def changes(old: Response, new: Response, surfaces: Surfaces, where: str) -> Iterator[Change]:
    """Every change of the headers of one answer."""
    left = {one.name.lower(): one for one in old.headers}
    right = {one.name.lower(): one for one in new.headers}
    for name, before in only(left, right):
        kind = HEADER_REQUIRED_REMOVED if before.required else HEADER_OPTIONAL_REMOVED
        yield Change(kind, f"{where} header {bounded(name)}", f"{_need(before)} → nothing")
    for name, after in only(right, left):
        kind = HEADER_REQUIRED_ADDED if after.required else HEADER_OPTIONAL_ADDED
        yield Change(kind, f"{where} header {bounded(name)}", f"nothing → {_need(after)}")
    for name, before, after in common(left, right):
        place = f"{where} header {bounded(name)}"
        if before.required != after.required:
            kind = HEADER_BECAME_REQUIRED if after.required else HEADER_BECAME_OPTIONAL
            yield Change(kind, place, f"{_need(before)} → {_need(after)}")
        yield from surfaces.changes(
            before.schema, after.schema, direction=Direction.RESPONSE, where=place, textual=True
        )


def _need(header: Parameter) -> str:
    return "required" if header.required else "optional"
