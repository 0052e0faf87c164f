"""How callers show who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import bounded, listed, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.description.document import Description, Operation, Scheme

SECURITY_ADDED = ChangeClass(
    "SEC-ADDED",
    "callers must show who they are",
    consumers=True,
    providers=True,
    reason="anyone was let in, and now somebody is refused",
    cure="let anyone in for a while, and move the version",
)
SECURITY_REMOVED = ChangeClass(
    "SEC-REMOVED",
    "callers need no longer show who they are",
    consumers=False,
    providers=True,
    reason="every provider must now let anyone in",
    cure="see that this is meant",
)
ALTERNATIVE_ADDED = ChangeClass(
    "SEC-ALTERNATIVE-ADDED",
    "callers may show who they are in one more way",
    consumers=False,
    providers=True,
    reason="every provider must now let these callers in",
    cure="announce it to providers first",
)
ALTERNATIVE_REMOVED = ChangeClass(
    "SEC-ALTERNATIVE-REMOVED",
    "callers may no longer show who they are in a way",
    consumers=True,
    providers=True,
    reason="callers that were let in are now refused, and every provider must refuse them",
    cure="go on letting them in",
)
SCHEME_CHANGED = ChangeClass(
    "SEC-SCHEME-CHANGED",
    "a security scheme is another one",
    consumers=True,
    providers=True,
    reason="callers show what is no longer asked for",
    cure="add a scheme with another name, and let both in",
)
CLASSES = (
    SECURITY_ADDED,
    SECURITY_REMOVED,
    ALTERNATIVE_ADDED,
    ALTERNATIVE_REMOVED,
    SCHEME_CHANGED,
)


def changes(old: Operation, new: Operation) -> Iterator[Change]:
    """Every change of who is let in to one operation."""
    where = f"{printable(new.id)} security"
    left, right = _alternatives(old), _alternatives(new)
    open_ = frozenset[str]()
    if open_ in left and open_ not in right:
        yield Change(SECURITY_ADDED, where, f"anyone → {_told(right)}")
    elif open_ in right and open_ not in left:
        yield Change(SECURITY_REMOVED, where, f"{_told(left)} → anyone")
    elif open_ not in left:
        # A caller who shows more than is asked for is let in all the same.
        for one in sorted(left - right, key=sorted):
            if not any(other <= one for other in right):
                yield Change(ALTERNATIVE_REMOVED, where, _name(one))
        for one in sorted(right - left, key=sorted):
            if not any(other <= one for other in left):
                yield Change(ALTERNATIVE_ADDED, where, _name(one))


def scheme_changes(old: Description, new: Description) -> Iterator[Change]:
    """Every change of a scheme that both have and that an operation asks for."""
    left, right = ({one.name: one for one in side.schemes} for side in (old, new))
    used = {name for one in new.operations for pair in one.security for name in pair}
    for name in sorted(left.keys() & right.keys() & used):
        before, after = _form(left[name]), _form(right[name])
        if before != after:
            yield Change(SCHEME_CHANGED, f"security {bounded(name)}", f"{before} → {after}")


def _alternatives(operation: Operation) -> set[frozenset[str]]:
    return {frozenset(one) for one in operation.security} or {frozenset[str]()}


def _form(scheme: Scheme) -> str:
    if scheme.kind == "apiKey":
        return bounded(f"apiKey {scheme.place} {_header(scheme)}")
    return bounded(f"{scheme.kind} {scheme.scheme.lower()}".rstrip())


def _header(scheme: Scheme) -> str:
    return scheme.header.lower() if scheme.place == "header" else scheme.header


def _told(alternatives: set[frozenset[str]]) -> str:
    return listed(_name(one) for one in alternatives)


def _name(alternative: frozenset[str]) -> str:
    return " and ".join(bounded(one) for one in sorted(alternative))
