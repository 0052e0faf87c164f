"""The edge is cut: a connection is accepted, then reset as soon as the caller speaks.

One of the two faces of "down": every attempt can be seen. The request never arrives, since the
toxic lies on the way to the callee.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.drive.edges.proxy import Proxies

_KIND, _STREAM = "reset_peer", "upstream"


@dataclass(frozen=True, slots=True)
class Cut:
    """Toxiproxy's `reset_peer`, upstream, at once."""

    name: str = "cut"

    def lay(self, edge: str, proxies: Proxies) -> None:
        """Cut the edge."""
        proxies.add_toxic(edge, _KIND, _STREAM, {"timeout": 0})

    def lift(self, edge: str, proxies: Proxies) -> None:
        """Mend it."""
        proxies.remove_toxic(edge, f"{_KIND}_{_STREAM}")
