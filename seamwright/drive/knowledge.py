"""What a search knows of a subject: all endpoints, and what was found by now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seamwright.drive.cases.mutation import words_of
from seamwright.drive.known import NO_ANSWER, KnownEndpoint

if TYPE_CHECKING:
    from seamwright.drive.cases.generated import GeneratedRequest
    from seamwright.drive.corpus.corpus import Place
    from seamwright.drive.corpus.found import Found
    from seamwright.record.observation import Exchange

MOST_WORDS = 500
"""Values that requests of one endpoint may borrow."""


@dataclass(slots=True)
class Knowledge:
    """What is known of a subject by now; it outlives a search that is cut short.

    Attributes:
        seen: the behaviours of each endpoint.
        pool: of each endpoint requests that showed something, which are mutated.
        words: of each endpoint values that requests had.
        usual: requests that a gate sends anyway.
        sent: how many requests the search has sent.
        before: how many behaviours were known when it began.
        found: what was kept, in the order in which it was found.
        new: how many behaviours that shows.
        fleeting: new behaviours that were not shown again, or hang on the state alone.
        left: new behaviours of endpoints that have shown too many.
        silent: services that do not answer any more.
    """

    seen: dict[Place, KnownEndpoint] = field(default_factory=dict["Place", "KnownEndpoint"])
    pool: dict[Place, list[GeneratedRequest]] = field(
        default_factory=dict["Place", "list[GeneratedRequest]"]
    )
    words: dict[Place, list[object]] = field(default_factory=dict["Place", "list[object]"])
    usual: set[tuple[object, ...]] = field(default_factory=set[tuple[object, ...]])
    sent: int = 0
    before: int = 0
    found: list[Found] = field(default_factory=list["Found"])
    new: int = 0
    fleeting: int = 0
    left: int = 0
    silent: set[str] = field(default_factory=set[str])

    @property
    def behaviours(self) -> int:
        """How many there are, of all endpoints."""
        return sum(len(one.behaviours) for one in self.seen.values())

    @property
    def has_answers(self) -> bool:
        """Whether anybody has answered anything."""
        return any(
            not each.startswith(NO_ANSWER) for one in self.seen.values() for each in one.behaviours
        )

    def at(self, place: Place) -> KnownEndpoint:
        """What is known of an endpoint."""
        return self.seen.setdefault(place, KnownEndpoint())

    def learn(self, place: Place, exchange: Exchange) -> frozenset[str]:
        """The behaviours of an endpoint that are new; they are known from now on.

        What any route that leads nowhere answers is nothing new of an endpoint.
        """
        nowhere = self.seen.get((place[0], ""))
        return self.at(place).learn(exchange) - (nowhere.behaviours if nowhere else frozenset())

    def keep(self, place: Place, request: GeneratedRequest) -> None:
        """Mutate a request from now on, and let others borrow its values."""
        self.pool.setdefault(place, []).append(request)
        words = self.words.setdefault(place, [])
        words += words_of(request)[: MOST_WORDS - len(words)]
