"""The boxes of a system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.health import Health


@dataclass(frozen=True, slots=True)
class Service:
    """A box whose contract is judged.

    Attributes:
        name: unique among services and dependencies.
        title: for people.
        responsibility: the one thing that it is for.
        endpoints: all of them.
        health: how it says how it does, or None.
        base_url: where people find it, for the API reference; "" where that is not promised.
    """

    name: str
    title: str
    responsibility: str
    endpoints: tuple[Endpoint, ...]
    health: Health | None = None
    base_url: str = ""

    def endpoint(self, id_: str) -> Endpoint | None:
        """The endpoint `METHOD /path/template`, if there is one."""
        return next((one for one in self.endpoints if one.id == id_), None)

    def find(self, method: str, path: str) -> Endpoint | None:
        """The endpoint that serves this request, literal paths before templates."""
        found = [one for one in self.endpoints if one.matches(method, path)]
        return min(found, key=lambda one: len(one.parameters), default=None)


@dataclass(frozen=True, slots=True)
class Dependency:
    """A box that services call and whose contract is somebody else's.

    Attributes:
        name: unique among services and dependencies.
        title: for people.
        stores: whether it is a database: then only its edges' callers may reach it.
    """

    name: str
    title: str
    stores: bool = False
