"""The edge leads to another box: who calls gets answers of somebody else.

A wrong address in a configuration, seen from within: the callee answers, and makes no sense.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.drive.edges.proxy import Proxies


@dataclass(frozen=True, slots=True)
class Misled:
    """An edge to the wrong port.

    Attributes:
        port: of the other box.
        own: of the callee itself, which it leads to again when the fault is lifted.
    """

    port: int
    own: int
    name: str = "misled"

    def lay(self, edge: str, proxies: Proxies) -> None:
        """Lead the edge to the other box."""
        proxies.lead_to(edge, self.port)

    def lift(self, edge: str, proxies: Proxies) -> None:
        """Lead it back."""
        proxies.lead_to(edge, self.own)
