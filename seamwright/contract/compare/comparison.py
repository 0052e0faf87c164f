"""Two contracts held against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from seamwright.contract.compare import (
    budgets,
    edges,
    envelopes,
    error_codes,
    healths,
    identity,
    ownership,
    services,
)

if TYPE_CHECKING:
    from seamwright.contract.compare.change import Change
    from seamwright.contract.compare.snapshot import Snapshot


class Reader(StrEnum):
    """For whom a change is judged."""

    CONSUMERS = "consumers"
    PROVIDERS = "providers"
    BOTH = "both"

    def broken(self, change: Change) -> bool:
        """Whether the change breaks them."""
        consumers = self is not Reader.PROVIDERS and change.kind.consumers
        return consumers or (self is not Reader.CONSUMERS and change.kind.providers)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a contract.

    Attributes:
        old: its version before.
        new: its version now.
        moved: whether the version says that old consumers are no longer served.
        rule: what that means here, for people.
        changes: all of them, service by service.
    """

    old: str
    new: str
    moved: bool
    rule: str
    changes: tuple[Change, ...]

    def broken(self, reader: Reader) -> tuple[Change, ...]:
        """The changes that break this reader."""
        return tuple(one for one in self.changes if reader.broken(one))


def compare(old: Snapshot, new: Snapshot) -> Comparison:
    """Every change from the old to the new contract, and whether the version moved."""
    found: list[Change] = list(services.changes(old, new))
    if old.promises is not None and new.promises is not None:
        found += services.endpoint_changes(old.promises, new.promises)
        for part in (healths, error_codes, edges, ownership, budgets, envelopes, identity):
            found += part.changes(old.promises, new.promises)
        moved = old.version != new.version
        rule = "the current version of a contract set is another one"
    else:
        moved = _major(new.version) > _major(old.version)
        rule = "the major part of info.version went up, or the minor part where the major is 0"
    found.sort(key=lambda one: one.service)
    return Comparison(old.version, new.version, moved, rule, tuple(found))


def _major(version: str) -> tuple[int, ...]:
    """What must go up for a breaking change; empty where the version is no number."""
    found = re.match(r"v?(\d{1,9})(?:\.(\d{1,9}))?", version.strip())
    if found is None:
        return ()
    major, minor = int(found[1]), int(found[2] or 0)
    return (major,) if major else (0, minor)
