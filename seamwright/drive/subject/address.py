"""Where everything of a booted subject is to be found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.record.observation import Unseen


@dataclass(frozen=True, slots=True)
class EdgeAddress:
    """One edge: the tap's port, the proxy's, and the callee's own."""

    edge: str
    tap: int
    proxy: int
    callee: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Every address, decided before anything is started.

    Attributes:
        boxes: service or dependency → `host:port` of its box itself.
        edges: the edges that go through tap and proxy.
        toxiproxy: the port of Toxiproxy's API.
        unseen: what this subject does not let the harness see or break, and why.
    """

    boxes: dict[str, str]
    edges: tuple[EdgeAddress, ...]
    toxiproxy: int
    unseen: tuple[Unseen, ...]

    def edge(self, name: str) -> EdgeAddress | None:
        """The addresses of an edge, if it goes through the tap."""
        return next((one for one in self.edges if one.edge == name), None)


def port_of(address: str) -> int:
    """The port of `host:port`."""
    return int(address.rpartition(":")[2])
