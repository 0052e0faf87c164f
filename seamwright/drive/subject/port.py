"""Free ports on loopback, and which of them are taken by a run that is about to listen there.

probed ─ somebody listens ─▶ the next one
   └──── nobody ──▶ claimed ─ by another run ─▶ the next one
                       └──── by nobody ──▶ ours, until this run ends or is killed
"""

from __future__ import annotations

import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path
    from random import Random

_FIRST, _LAST = 20_000, 32_000
"""Below the range that systems take outgoing ports from, so that no client gets in between."""


def free_ports(
    count: int, random: Random, claim: Callable[[int], bool] = lambda _: True
) -> list[int]:
    """Distinct ports that nobody listens on right now, and that can be claimed."""
    found: list[int] = []
    while len(found) < count:
        port = random.randint(_FIRST, _LAST)
        if port not in found and _is_free(port) and claim(port):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def port_claims(file: Path) -> Generator[Callable[[int], bool]]:
    """Claims ports for as long as the block runs: False where another process has the port.

    Two runs of one project want the same ports, and either takes a second until it listens. Byte
    `n` of the file stands for port `n`; it is locked, so that a claim cannot outlive its process.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as bytes_:

        def claim(port: int) -> bool:
            if sys.platform == "win32":
                return True
            try:
                fcntl.lockf(bytes_, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
            except OSError:
                return False
            return True

        yield claim
