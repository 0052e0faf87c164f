"""Whether a request has a body, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare import content
from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.direction import Direction
from seamwright.contract.compare.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.value import Surfaces
    from seamwright.contract.description.document import Body, Operation

BODY_REQUIRED_ADDED = ChangeClass(
    "REQ-BODY-ADDED-REQUIRED",
    "a request must have a body",
    consumers=True,
    providers=True,
    reason="requests without one are refused, and providers must understand it",
    cure="let it be left out",
)
BODY_OPTIONAL_ADDED = ChangeClass(
    "REQ-BODY-ADDED-OPTIONAL",
    "a request may have a body",
    consumers=False,
    providers=True,
    reason="nobody needs to send one, but every provider must understand it",
    cure="announce it to providers first",
)
BODY_REMOVED = ChangeClass(
    "REQ-BODY-REMOVED",
    "a request no longer has a body",
    consumers=True,
    providers=False,
    reason="requests with one are refused, or it is passed over in silence",
    cure="go on taking it",
)
BODY_BECAME_REQUIRED = ChangeClass(
    "REQ-BODY-BECAME-REQUIRED",
    "the body of a request may not be left out",
    consumers=True,
    providers=False,
    reason="requests without one were right and are now refused",
    cure="let it be left out",
)
BODY_BECAME_OPTIONAL = ChangeClass(
    "REQ-BODY-BECAME-OPTIONAL",
    "the body of a request may be left out",
    consumers=False,
    providers=True,
    reason="providers must now answer requests without one",
    cure="announce to providers that it may be missing",
)
CLASSES = (
    BODY_REQUIRED_ADDED,
    BODY_OPTIONAL_ADDED,
    BODY_REMOVED,
    BODY_BECAME_REQUIRED,
    BODY_BECAME_OPTIONAL,
)


def changes(old: Operation, new: Operation, surfaces: Surfaces) -> Iterator[Change]:
    """Every change of the body of one operation's request."""
    where = f"{printable(new.id)} request"
    before, after = old.body, new.body
    if before and after:
        if before.required != after.required:
            kind = BODY_BECAME_REQUIRED if after.required else BODY_BECAME_OPTIONAL
            yield Change(kind, where, f"{_need(before)} → {_need(after)}")
        yield from content.changes(
            before.contents, after.contents, surfaces, Direction.REQUEST, where
        )
    elif after:
        kind = BODY_REQUIRED_ADDED if after.required else BODY_OPTIONAL_ADDED
        yield Change(kind, where, f"nothing → {_need(after)}")
    elif before:
        yield Change(BODY_REMOVED, where, f"{_need(before)} → nothing")


def _need(body: Body) -> str:
    return "required" if body.required else "optional"
