"""What tap and proxy together add to an exchange, against what Toxiproxy alone adds.

    client ───────────────────────▶ server      direct
    client ────────▶ Toxiproxy ───▶ server      proxied
    client ─▶ tap ─▶ Toxiproxy ───▶ server      tapped

The three ways take turns, exchange by exchange, over a kept-alive connection each.
"""

from __future__ import annotations

import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from seamwright.drive.edges.proxy import ProxyPlan, write_configuration
from seamwright.drive.subject.port import free_ports
from seamwright.drive.subject.toolchain import Toolchain, cache_folder
from tests.benchmarks.measurement import Measurement
from tests.reference_impl.running import answers, poll

_ROUNDS = 7
_EXCHANGES = 1_500
_WARM_UP = 300
_REQUEST = b"GET /health HTTP/1.1\r\nhost: box\r\nx-request-id: bench\r\n\r\n"
_SERVER = """
import asyncio, sys, uvloop
HEAD = b"HTTP/1.1 200 OK\\r\\ncontent-type: application/json\\r\\ncontent-length: 15\\r\\n\\r\\n"
ANSWER = HEAD + b'{"fine": true}\\n'
class Box(asyncio.Protocol):
    def connection_made(self, transport): self.transport = transport
    def data_received(self, data): self.transport.write(ANSWER)
async def main():
    server = await asyncio.get_running_loop().create_server(Box, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()
uvloop.run(main())
"""


def measure() -> dict[str, Measurement]:
    """Time all three ways in one run, several times; the median run counts."""
    runs = sorted((_run() for _ in range(_ROUNDS)), key=lambda one: one.ratio)
    return {"added by tap and proxy": runs[_ROUNDS // 2]}


def _run() -> Measurement:
    box, proxied, tapped, api = free_ports(4, random.Random())
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _start(stack, [sys.executable, "-c", _SERVER, str(box)])
        configuration = folder / "proxies.json"
        write_configuration([ProxyPlan("client→box", proxied, box)], configuration)
        toxiproxy = Toolchain(cache_folder(os.environ), print).toxiproxy()
        options = ["-host", "127.0.0.1", "-port", str(api), "-config", str(configuration)]
        _start(stack, [str(toxiproxy), *options])
        tap = _start(stack, [sys.executable, "-m", "seamwright.drive.edges.tap"])
        order = {
            "edges": [{"edge": "client→box", "listen": tapped, "upstream": proxied}],
            "wire": str(folder / "wire.ndjson"),
            "secrets": ["a-secret-of-the-run"],
        }
        if tap.stdin:
            tap.stdin.write(json.dumps(order).encode() + b"\n")
            tap.stdin.flush()
        for port in (box, proxied, tapped):
            poll(lambda port=port: answers(port))
        direct_s, proxied_s, tapped_s = _medians((box, proxied, tapped))
    added, alone = (tapped_s - direct_s) * 1e6, (proxied_s - direct_s) * 1e6
    against = f"Toxiproxy alone: {alone:.0f} µs (direct exchange {direct_s * 1e6:.0f} µs)"
    ratio = round(added / alone, 2)
    return Measurement(round(added, 1), "µs", against, ratio)


def _start(stack: ExitStack, command: list[str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    if process.stdin:
        stack.callback(process.stdin.close)
    return process


def _medians(ports: tuple[int, int, int]) -> list[float]:
    times: list[list[float]] = [[], [], []]
    clients = [socket.create_connection(("127.0.0.1", port)) for port in ports]
    for client in clients:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for number in range(_WARM_UP + _EXCHANGES):
        for client, taken in zip(clients, times, strict=True):
            began = time.perf_counter()
            client.sendall(_REQUEST)
            client.recv(4_096)
            if number >= _WARM_UP:
                taken.append(time.perf_counter() - began)
    for client in clients:
        client.close()
    return [statistics.median(taken) for taken in times]
