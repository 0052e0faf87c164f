"""The tap: relays the bytes of every edge and stamps them, in a process of its own.

    caller ──▶ tap ──▶ Toxiproxy proxy ──▶ box
                │
                └──▶ wire.ndjson, read again by record.wire

It parses nothing: what the bytes mean is found out when the record is read. On its way through, a
piece is only stamped and put aside; what was put aside is redacted and written in the next pause.

Run as `python -m seamwright.drive.edges.tap`: a JSON object (`TapOrder`) comes on standard input,
`ready` goes out on standard output once all listeners are open, and the end of the input ends it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypedDict

import uvloop

from seamwright.drive.edges.relay import Caller
from seamwright.drive.edges.wire_writer import WireWriter
from seamwright.record.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable

_TICK_S = 0.02


class TappedEdge(TypedDict):
    """One edge: where its caller connects, and where its proxy listens."""

    edge: str
    listen: int
    upstream: int


class TapOrder(TypedDict):
    """What the harness tells the tap."""

    edges: list[TappedEdge]
    wire: str
    secrets: list[str]


async def _serve(order: TapOrder, file: IO[str]) -> None:
    loop = asyncio.get_running_loop()
    wire = WireWriter(file, Redactor(frozenset(order["secrets"])))

    def factory(one: TappedEdge) -> Callable[[], Caller]:
        return lambda: Caller(one["edge"], one["upstream"], wire)

    for one in order["edges"]:
        await loop.create_server(factory(one), "127.0.0.1", one["listen"], backlog=512)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), _watch, ended)
    while not ended.is_set():
        try:
            async with asyncio.timeout(_TICK_S):
                await ended.wait()
        except TimeoutError:
            wire.flush_when_due(time.monotonic())
    # Connections that have just ended get the moment to say so.
    await asyncio.sleep(_TICK_S)
    wire.end()


def _watch(ended: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        ended.set()


def main() -> None:
    """Relay until the input ends: that is how the harness ends it, however the harness ends."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    order: TapOrder = json.loads(sys.stdin.readline())
    with Path(order["wire"]).open("a", encoding="ascii") as file:
        uvloop.run(_serve(order, file))


if __name__ == "__main__":
    main()
