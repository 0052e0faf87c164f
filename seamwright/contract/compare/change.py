"""A change between two contracts, and the class that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangeClass:
    """A kind of change. Its code is never used again for something else.

    Attributes:
        code: stable, in upper case.
        title: what happened, in a few words.
        consumers: whether it breaks who calls.
        providers: whether it breaks who answers: another implementation of the same contract.
        reason: why it breaks them, or why not; one sentence.
        cure: what to do instead; "" where nothing is broken.
    """

    code: str
    title: str
    consumers: bool
    providers: bool
    reason: str
    cure: str = ""

    @property
    def breaks(self) -> bool:
        """Whether it breaks anyone."""
        return self.consumers or self.providers


@dataclass(frozen=True, slots=True)
class Change:
    """One change, at one place.

    Attributes:
        kind: its class.
        where: the place within the service or the system, for instance
            `POST /pets request /name`; printable.
        said: what it was and what it became, for instance `maxLength 20 → 10`; printable, bounded.
        service: the service that it is in, or "" where it is in none.
    """

    kind: ChangeClass
    where: str
    said: str
    service: str = ""

    @property
    def code(self) -> str:
        """Of its class."""
        return self.kind.code
