"""One of Toxiproxy's toxics on an edge, by its own name and attributes.

    reset_peer   connections are reset            timeout      nothing passes, then it is closed
    latency      what passes comes late           limit_data   so many bytes pass, then it is closed

Upstream is what the caller says, downstream what the callee answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.drive.edges.proxy import Proxies


@dataclass(frozen=True, slots=True)
class Toxic:
    """A toxic.

    Attributes:
        name: what the record calls it.
        kind: Toxiproxy's name.
        stream: which way.
        attributes: as Toxiproxy names them; times in milliseconds, sizes in bytes.
    """

    name: str
    kind: str
    stream: Literal["upstream", "downstream"]
    attributes: Mapping[str, int] = field(default_factory=dict[str, int])

    def lay(self, edge: str, proxies: Proxies) -> None:
        """Put it on the edge."""
        proxies.add_toxic(edge, self.kind, self.stream, self.attributes)

    def lift(self, edge: str, proxies: Proxies) -> None:
        """Take it off."""
        proxies.remove_toxic(edge, f"{self.kind}_{self.stream}")
