"""The statuses that an operation answers, with what is in each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare import content, response_headers
from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.direction import Direction
from seamwright.contract.compare.wording import bounded, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.value import Surfaces
    from seamwright.contract.description.document import Operation, Response

SUCCESS_ADDED = ChangeClass(
    "RES-SUCCESS-ADDED",
    "a success has one more status",
    consumers=True,
    providers=False,
    reason="consumers that wait for the old status take the new one for a failure",
    cure="answer the new status only to those who ask for it, or move the version",
)
SUCCESS_REMOVED = ChangeClass(
    "RES-SUCCESS-REMOVED",
    "a success no longer has a status",
    consumers=True,
    providers=True,
    reason="consumers wait for the status, and a provider that answers it is wrong",
    cure="go on answering it",
)
ERROR_ADDED = ChangeClass(
    "RES-ERROR-ADDED",
    "an operation may fail with one more status",
    consumers=False,
    providers=False,
    reason="consumers treat a status that they do not know by its class, as HTTP asks of them",
)
ERROR_REMOVED = ChangeClass(
    "RES-ERROR-REMOVED",
    "an operation may no longer fail with a status",
    consumers=False,
    providers=True,
    reason="consumers can do without it, but a provider that answers it is wrong",
    cure="go on letting it be answered",
)
CLASSES = (SUCCESS_ADDED, SUCCESS_REMOVED, ERROR_ADDED, ERROR_REMOVED)


def changes(old: Operation, new: Operation, surfaces: Surfaces) -> Iterator[Change]:
    """Every change of what one operation answers; a range covers the statuses that are in it."""
    left = {one.status.lower(): one for one in old.responses}
    right = {one.status.lower(): one for one in new.responses}
    for status in sorted(left.keys() | right.keys()):
        before = left.get(status) or _covering(status, left)
        after = right.get(status) or _covering(status, right)
        where = f"{printable(new.id)} response {bounded(status)}"
        if before and after:
            yield from _changed(before, after, surfaces, where)
        elif after:
            yield Change(SUCCESS_ADDED if _good(status) else ERROR_ADDED, where, "nothing → answer")
        else:
            kind = SUCCESS_REMOVED if _good(status) else ERROR_REMOVED
            yield Change(kind, where, "answer → nothing")


def _changed(before: Response, after: Response, surfaces: Surfaces, where: str) -> Iterator[Change]:
    yield from content.changes(before.contents, after.contents, surfaces, Direction.RESPONSE, where)
    yield from response_headers.changes(before, after, surfaces, where)


def _good(status: str) -> bool:
    """Whether it is below 400; what any status may be is not counted as a success."""
    return status[:1] in {"1", "2", "3"}


def _covering(status: str, known: dict[str, Response]) -> Response | None:
    """The range (`4XX`, `default`) that a status is in."""
    return known.get(f"{status[:1]}xx") or (None if _good(status) else known.get("default"))
