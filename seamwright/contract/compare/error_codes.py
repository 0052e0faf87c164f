"""The catalogue of error codes, and which endpoint may answer which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import became, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises, Terms

CODE_ADDED = ChangeClass(
    "ERR-CODE-ADDED",
    "the catalogue has one more error code",
    consumers=False,
    providers=False,
    reason="what breaks is that an endpoint may answer it, which is told there",
)
CODE_REMOVED = ChangeClass(
    "ERR-CODE-REMOVED",
    "an error code is gone from the catalogue",
    consumers=False,
    providers=True,
    reason="consumers can do without it, but a provider that answers it is wrong",
    cure="go on letting it be answered",
)
STATUS_CHANGED = ChangeClass(
    "ERR-STATUS-CHANGED",
    "an error code has another HTTP status",
    consumers=True,
    providers=True,
    reason="consumers that look at the status do something else, and providers answer the old one",
    cure="add a code with the new status",
)
BECAME_RETRYABLE = ChangeClass(
    "ERR-BECAME-RETRYABLE",
    "an error became retryable",
    consumers=True,
    providers=True,
    reason="consumers gave up for good where they must now try again",
    cure="add a retryable code",
)
BECAME_FINAL = ChangeClass(
    "ERR-BECAME-FINAL",
    "an error is no longer retryable",
    consumers=True,
    providers=True,
    reason="consumers go on trying what cannot succeed",
    cure="add a code that is not retryable",
)
ANSWERED = ChangeClass(
    "ERR-ANSWERED",
    "an endpoint may answer one more error code",
    consumers=True,
    providers=False,
    reason="the list of codes is closed: consumers were told that this one does not come",
    cure="answer it as a code that was promised, or move the version",
)
NOT_ANSWERED = ChangeClass(
    "ERR-NOT-ANSWERED",
    "an endpoint may no longer answer an error code",
    consumers=False,
    providers=True,
    reason="consumers can do without it, but a provider that answers it is wrong",
    cure="go on letting it be answered",
)
CLASSES = (
    CODE_ADDED,
    CODE_REMOVED,
    STATUS_CHANGED,
    BECAME_RETRYABLE,
    BECAME_FINAL,
    ANSWERED,
    NOT_ANSWERED,
)


def changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change of the catalogue."""
    left, right = ({one.code: one for one in side.errors} for side in (old, new))
    for code in sorted(left.keys() | right.keys()):
        before, after = left.get(code), right.get(code)
        where = f"error {printable(code)}"
        if before is None or after is None:
            kind = CODE_ADDED if before is None else CODE_REMOVED
            yield Change(kind, where, "nothing → code" if before is None else "code → nothing")
            continue
        if before.status != after.status:
            yield Change(STATUS_CHANGED, where, f"status {became(before.status, after.status)}")
        if before.retryable != after.retryable:
            kind = BECAME_RETRYABLE if after.retryable else BECAME_FINAL
            said = f"retryable {became(before.retryable, after.retryable)}"
            yield Change(kind, where, said)


def endpoint_changes(old: Terms, new: Terms) -> Iterator[Change]:
    """Every change of the codes that one endpoint may answer."""
    where = f"{printable(new.endpoint)} errors"
    for code in sorted(new.codes - old.codes):
        yield Change(ANSWERED, where, f"now also {printable(code)}")
    for code in sorted(old.codes - new.codes):
        yield Change(NOT_ANSWERED, where, f"no longer {printable(code)}")
