"""Requests and responses have opposite directions.

          narrows                          widens
request   breaks consumers                 breaks providers
response  breaks providers                 breaks consumers
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seamwright.contract.compare.change import ChangeClass


class Direction(StrEnum):
    """Which way a value goes."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind of change of a value: one class where it is sent, one where it is answered."""

    request: ChangeClass
    response: ChangeClass

    def of(self, direction: Direction) -> ChangeClass:
        """The class for one direction."""
        return self.request if direction is Direction.REQUEST else self.response


@dataclass(frozen=True, slots=True)
class Shift:
    """A change within a value.

    Attributes:
        facet: of which kind.
        path: JSON Pointer from the root of the value; `*` is any other property, `-` any item.
        said: what it was and what it became.
    """

    facet: Facet
    path: str
    said: str


def narrowing(code: str, title: str, request: str, response: str) -> Facet:
    """Fewer values are right than before; the cures for either direction."""
    return Facet(
        ChangeClass(
            f"REQ-{code}",
            f"{title} in a request",
            consumers=True,
            providers=False,
            reason="a request that was right before may now be refused",
            cure=request,
        ),
        ChangeClass(
            f"RES-{code}",
            f"{title} in a response",
            consumers=False,
            providers=True,
            reason="an answer that was right before may now be wrong",
            cure=response,
        ),
    )


def widening(code: str, title: str, request: str, response: str) -> Facet:
    """More values are right than before; the cures for either direction."""
    return Facet(
        ChangeClass(
            f"REQ-{code}",
            f"{title} in a request",
            consumers=False,
            providers=True,
            reason="a provider must now take what it could refuse",
            cure=request,
        ),
        ChangeClass(
            f"RES-{code}",
            f"{title} in a response",
            consumers=True,
            providers=False,
            reason="a consumer may now meet what it was told would not come",
            cure=response,
        ),
    )


def incomparable(code: str, title: str, request: str, response: str) -> Facet:
    """Some values are no longer right, and others are right now; the cures for either direction."""
    return Facet(
        ChangeClass(
            f"REQ-{code}",
            f"{title} in a request",
            consumers=True,
            providers=True,
            reason="neither form takes all that the other takes",
            cure=request,
        ),
        ChangeClass(
            f"RES-{code}",
            f"{title} in a response",
            consumers=True,
            providers=True,
            reason="neither form covers all that the other answers",
            cure=response,
        ),
    )


def harmless(code: str, title: str, reason: str) -> Facet:
    """The same values are right as before."""
    return Facet(
        ChangeClass(
            f"REQ-{code}", f"{title} in a request", consumers=False, providers=False, reason=reason
        ),
        ChangeClass(
            f"RES-{code}", f"{title} in a response", consumers=False, providers=False, reason=reason
        ),
    )
