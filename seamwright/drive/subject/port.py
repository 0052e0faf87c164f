"""Free ports on loopback."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FIRST, _LAST = 20_000, 32_000
"""Below the range that systems take outgoing ports from, so that no client gets in between."""


def free_ports(count: int, random: Random) -> list[int]:
    """Distinct ports that nobody listens on right now."""
    found: list[int] = []
    while len(found) < count:
        port = random.randint(_FIRST, _LAST)
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found
