"""Who may call whom, how, and how long the caller waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import became, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises
    from seamwright.contract.edge import Edge

EDGE_ADDED = ChangeClass(
    "EDG-ADDED",
    "a box may call one more",
    consumers=False,
    providers=True,
    reason="nobody must call, but who is called must be there for one more caller",
    cure="announce it to the callee first",
)
EDGE_REMOVED = ChangeClass(
    "EDG-REMOVED",
    "a box may no longer call another",
    consumers=True,
    providers=False,
    reason="a caller that does so now passes a boundary",
    cure="let the caller do without it first",
)
PROTOCOL_CHANGED = ChangeClass(
    "EDG-PROTOCOL-CHANGED",
    "another protocol is spoken on an edge",
    consumers=True,
    providers=True,
    reason="neither side understands the other until both have changed",
    cure="let both protocols be spoken for a while",
)
MODE_CHANGED = ChangeClass(
    "EDG-MODE-CHANGED",
    "a caller waits for the work, or no longer does",
    consumers=True,
    providers=True,
    reason="who waits, and for what, is another on both sides",
    cure="move the version, and change both sides together",
)
DEADLINE_SHORTENED = ChangeClass(
    "EDG-DEADLINE-SHORTENED",
    "a caller waits less long",
    consumers=False,
    providers=True,
    reason="who answered in time may now be late",
    cure="show first that the callee answers within the new deadline",
)
DEADLINE_LENGTHENED = ChangeClass(
    "EDG-DEADLINE-LENGTHENED",
    "a caller waits longer",
    consumers=True,
    providers=False,
    reason="an answer may now come later than was promised to those who wait for it",
    cure="see that whoever waits for this caller waits longer still",
)
CLASSES = (
    EDGE_ADDED,
    EDGE_REMOVED,
    PROTOCOL_CHANGED,
    MODE_CHANGED,
    DEADLINE_SHORTENED,
    DEADLINE_LENGTHENED,
)


def changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change of the arrows."""
    left, right = ({one.name: one for one in side.edges} for side in (old, new))
    for name in sorted(left.keys() | right.keys()):
        before, after = left.get(name), right.get(name)
        where = f"edge {printable(name)}"
        if before and after:
            yield from _changed(before, after, where)
        elif after:
            yield Change(EDGE_ADDED, where, "nothing → edge")
        else:
            yield Change(EDGE_REMOVED, where, "edge → nothing")


def _changed(old: Edge, new: Edge, where: str) -> Iterator[Change]:
    if old.protocol != new.protocol:
        yield Change(PROTOCOL_CHANGED, where, became(old.protocol.value, new.protocol.value))
    if old.mode != new.mode:
        yield Change(MODE_CHANGED, where, became(old.mode.value, new.mode.value))
    if old.deadline_ms != new.deadline_ms:
        shorter = new.deadline_ms < old.deadline_ms
        said = f"deadline {old.deadline_ms} → {new.deadline_ms} ms"
        yield Change(DEADLINE_SHORTENED if shorter else DEADLINE_LENGTHENED, where, said)
