"""How a service says how it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises
    from seamwright.contract.health import Health

HEALTH_ADDED = ChangeClass(
    "HEA-ADDED",
    "a service says how it does",
    consumers=False,
    providers=True,
    reason="every provider must now say it",
    cure="announce it to providers first",
)
HEALTH_REMOVED = ChangeClass(
    "HEA-REMOVED",
    "a service no longer says how it does",
    consumers=True,
    providers=False,
    reason="whoever watches it sees nothing",
    cure="keep it",
)
FORM_CHANGED = ChangeClass(
    "HEA-FORM-CHANGED",
    "a service says in another way how it does",
    consumers=True,
    providers=True,
    reason="whoever watches it reads another path, word or status",
    cure="keep path, words and status",
)
DEPENDENCY_ADDED = ChangeClass(
    "HEA-DEPENDENCY-ADDED",
    "a service tells of one more dependency",
    consumers=False,
    providers=True,
    reason="every provider must now tell of it",
    cure="let it be left out until every provider tells of it",
)
DEPENDENCY_REMOVED = ChangeClass(
    "HEA-DEPENDENCY-REMOVED",
    "a service tells of one dependency less",
    consumers=True,
    providers=False,
    reason="whoever watches for it sees nothing",
    cure="go on telling of it",
)
CLASSES = (HEALTH_ADDED, HEALTH_REMOVED, FORM_CHANGED, DEPENDENCY_ADDED, DEPENDENCY_REMOVED)


def changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change for services that both have."""
    both = {one.service for one in old.terms} & {one.service for one in new.terms}
    for service in sorted(both):
        before, after = old.health.get(service), new.health.get(service)
        if before and after:
            yield from _changed(before, after, service)
        elif before or after:
            kind = HEALTH_ADDED if after else HEALTH_REMOVED
            said = "nothing → health" if after else "health → nothing"
            yield Change(kind, "health", said, service)


def _changed(old: Health, new: Health, service: str) -> Iterator[Change]:
    for word, was, will in (
        ("path", old.path, new.path),
        ("statuses", " ".join(old.statuses), " ".join(new.statuses)),
        ("unhealthy", str(old.unhealthy_status), str(new.unhealthy_status)),
    ):
        if was != will:
            yield Change(FORM_CHANGED, f"health {word}", became(was, will), service)
    for name in sorted(set(new.dependencies) - set(old.dependencies)):
        yield Change(DEPENDENCY_ADDED, "health dependencies", became(None, name), service)
    for name in sorted(set(old.dependencies) - set(new.dependencies)):
        yield Change(DEPENDENCY_REMOVED, "health dependencies", became(name, None), service)
