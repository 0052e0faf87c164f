"""How often an endpoint may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Terms
    from seamwright.contract.rate_limit import RateLimit

LIMIT_SET = ChangeClass(
    "LIM-SET",
    "an endpoint got a rate limit",
    consumers=True,
    providers=False,
    reason="consumers that call it more often are now refused",
    cure="announce the limit, and set it with the next version",
)
LIMIT_UNSET = ChangeClass(
    "LIM-UNSET",
    "an endpoint has no rate limit any more",
    consumers=False,
    providers=True,
    reason="every provider must now take any number of calls",
    cure="keep the limit",
)
LIMIT_LOWERED = ChangeClass(
    "LIM-LOWERED",
    "a rate limit is lower",
    consumers=True,
    providers=False,
    reason="consumers that keep to the old limit are now refused",
    cure="announce the limit, and lower it with the next version",
)
LIMIT_RAISED = ChangeClass(
    "LIM-RAISED",
    "a rate limit is higher",
    consumers=False,
    providers=True,
    reason="every provider must now bear more calls",
    cure="announce it to providers first",
)
LIMIT_CHANGED = ChangeClass(
    "LIM-CHANGED",
    "a rate limit is counted in another way",
    consumers=True,
    providers=True,
    reason="neither limit takes all that the other takes",
    cure="keep the window, and raise the limit",
)
CLASSES = (LIMIT_SET, LIMIT_UNSET, LIMIT_LOWERED, LIMIT_RAISED, LIMIT_CHANGED)


def endpoint_changes(old: Terms, new: Terms) -> Iterator[Change]:
    """At most one change."""
    before, after = old.rate_limit, new.rate_limit
    if before != after:
        said = f"{_told(before)} → {_told(after)}"
        yield Change(_kind(before, after), f"{printable(new.endpoint)} rate limit", said)


def _kind(old: RateLimit | None, new: RateLimit | None) -> ChangeClass:
    if old is None:
        return LIMIT_SET
    if new is None:
        return LIMIT_UNSET
    if _takes(new, old):
        return LIMIT_RAISED
    return LIMIT_LOWERED if _takes(old, new) else LIMIT_CHANGED


def _takes(wide: RateLimit, narrow: RateLimit) -> bool:
    """Whether whoever keeps to `narrow` always keeps to `wide`.

    Within one window of `wide` as many windows of `narrow` fit as it takes to cover it, and each
    of them may be used up.
    """
    if min(wide.window_s, narrow.window_s) <= 0:
        return False
    windows = -(-wide.window_s // narrow.window_s)
    return wide.limit >= narrow.limit * windows


def _told(limit: RateLimit | None) -> str:
    return "any number" if limit is None else f"{limit.limit} in {limit.window_s} s"
