"""What a fault is: something that is laid on an edge and lifted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from seamwright.drive.edges.proxy import Proxies


class Fault(Protocol):
    """One way for an edge to break."""

    @property
    def name(self) -> str:
        """What the record and the report call it."""
        ...

    def lay(self, edge: str, proxies: Proxies) -> None:
        """Break the edge."""
        ...

    def lift(self, edge: str, proxies: Proxies) -> None:
        """Mend it."""
        ...
