"""How soon a failure is detected, and how soon the system recovers from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises

ROW_ADDED = ChangeClass(
    "BUD-ADDED",
    "a failure got a budget",
    consumers=False,
    providers=True,
    reason="every provider must now detect it and recover from it in time",
    cure="show first, with a drill, that they do",
)
ROW_REMOVED = ChangeClass(
    "BUD-REMOVED",
    "a failure no longer has a budget",
    consumers=True,
    providers=False,
    reason="consumers were promised that it is detected and recovered from in time",
    cure="keep the row",
)
DETECTION_SHORTENED = ChangeClass(
    "BUD-DETECTION-SHORTENED",
    "a failure must be detected sooner",
    consumers=False,
    providers=True,
    reason="who detected it in time may now be late",
    cure="show first, with a drill, that it is detected within the new budget",
)
DETECTION_LENGTHENED = ChangeClass(
    "BUD-DETECTION-LENGTHENED",
    "a failure may be detected later",
    consumers=True,
    providers=False,
    reason="consumers were promised that it is detected sooner",
    cure="keep the budget",
)
RECOVERY_SHORTENED = ChangeClass(
    "BUD-RECOVERY-SHORTENED",
    "the system must recover sooner",
    consumers=False,
    providers=True,
    reason="who recovered in time may now be late",
    cure="show first, with a drill, that it recovers within the new budget",
)
RECOVERY_LENGTHENED = ChangeClass(
    "BUD-RECOVERY-LENGTHENED",
    "the system may recover later",
    consumers=True,
    providers=False,
    reason="consumers were promised that it recovers sooner",
    cure="keep the budget",
)
CLASSES = (
    ROW_ADDED,
    ROW_REMOVED,
    DETECTION_SHORTENED,
    DETECTION_LENGTHENED,
    RECOVERY_SHORTENED,
    RECOVERY_LENGTHENED,
)


def changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change of the budgets."""
    left, right = ({one.id: one for one in side.recoveries} for side in (old, new))
    for row in sorted(left.keys() | right.keys()):
        before, after = left.get(row), right.get(row)
        where = f"budget {printable(row)}"
        if before and after:
            yield from _moved(
                before.detect_within_ms,
                after.detect_within_ms,
                (DETECTION_SHORTENED, DETECTION_LENGTHENED),
                f"{where} detection",
            )
            yield from _moved(
                before.recover_within_ms,
                after.recover_within_ms,
                (RECOVERY_SHORTENED, RECOVERY_LENGTHENED),
                f"{where} recovery",
            )
        elif after:
            yield Change(ROW_ADDED, where, "nothing → budget")
        else:
            yield Change(ROW_REMOVED, where, "budget → nothing")


def _moved(
    old: int, new: int, kinds: tuple[ChangeClass, ChangeClass], where: str
) -> Iterator[Change]:
    if old != new:
        yield Change(kinds[0] if new < old else kinds[1], where, f"{old} → {new} ms")
