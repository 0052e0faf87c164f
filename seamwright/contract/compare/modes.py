"""Whether the answer of an endpoint means that the work is done, or that it was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import became, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Terms

MODE_CHANGED = ChangeClass(
    "OP-MODE-CHANGED",
    "an answer means something else: done, or accepted",
    consumers=True,
    providers=True,
    reason="consumers build on work that is not done yet, or wait for what has long been done",
    cure="add an endpoint with the other mode",
)
CLASSES = (MODE_CHANGED,)


def endpoint_changes(old: Terms, new: Terms) -> Iterator[Change]:
    """At most one change."""
    if old.mode != new.mode:
        where = f"{printable(new.endpoint)} mode"
        yield Change(MODE_CHANGED, where, became(old.mode.value, new.mode.value))
