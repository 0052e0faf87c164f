"""The services of a system: which there are, and every change within those that stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.contract.compare import error_codes, modes, operations, rate_limits
from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises
    from seamwright.contract.compare.snapshot import Snapshot, Surface

SERVICE_ADDED = ChangeClass(
    "SVC-ADDED",
    "a service came",
    consumers=False,
    providers=True,
    reason="nobody calls it yet, but somebody must provide it",
    cure="see that it is there first",
)
SERVICE_REMOVED = ChangeClass(
    "SVC-REMOVED",
    "a service is gone",
    consumers=True,
    providers=False,
    reason="whoever calls it is refused",
    cure="deprecate its endpoints, and let it go with the next version",
)
CLASSES = (SERVICE_ADDED, SERVICE_REMOVED)


def changes(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Every change of the interfaces; of two single services the names do not matter."""
    left = {one.service: one for one in old.surfaces}
    right = {one.service: one for one in new.surfaces}
    if len(left) == len(right) == 1:
        left = dict(zip(right, left.values(), strict=True))
    sets = old.promises is not None and new.promises is not None
    for name in sorted(left.keys() | right.keys()):
        before, after = left.get(name), right.get(name)
        if before and after:
            for one in _within(before, after, sets=sets):
                yield replace(one, service=printable(name))
        elif after:
            yield Change(SERVICE_ADDED, "service", "nothing → service", printable(name))
        else:
            yield Change(SERVICE_REMOVED, "service", "service → nothing", printable(name))


def _within(old: Surface, new: Surface, *, sets: bool) -> Iterator[Change]:
    if sets:
        yield from operations.changes(old.bare, new.bare)
    else:
        yield from operations.changes(old.whole, new.whole)


def endpoint_changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change of what is promised of the endpoints that both have."""
    left = {(one.service, operations.nameless(one.endpoint)): one for one in old.terms}
    for after in new.terms:
        before = left.get((after.service, operations.nameless(after.endpoint)))
        if before:
            for part in (error_codes, rate_limits, modes):
                for one in part.endpoint_changes(before, after):
                    yield replace(one, service=printable(after.service))
