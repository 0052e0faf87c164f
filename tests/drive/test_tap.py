"""The tap relays bytes unchanged, stamps them, and passes on how a connection ends."""

from __future__ import annotations

import json
import random
import socket
import struct
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SECRET = "a-very-secret-value"


class Relay:
    """A running tap with one edge, and the box behind it."""

    def __init__(self, folder: Path) -> None:
        self.port, upstream = free_port(), free_port()
        self.box = socket.create_server(("127.0.0.1", upstream))
        self.wire = folder / "wire.ndjson"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "seamwright.drive.edges.tap"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        edge = {"edge": "a→b", "listen": self.port, "upstream": upstream}
        order = {"edges": [edge], "wire": str(self.wire), "secrets": [_SECRET]}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == b"ready\n"

    def serve(self, answer: Callable[[socket.socket], None]) -> None:
        """Answer the next connection."""

        def once() -> None:
            connection, _ = self.box.accept()
            with connection:
                answer(connection)

        Thread(target=once, daemon=True).start()

    def ask(self) -> socket.socket:
        """A connection to the edge."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def end(self) -> list[tuple[str, str]]:
        """End the tap; the kinds and bytes of its lines."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(timeout=5) == 0
        lines = self.wire.read_text(encoding="ascii").splitlines()
        return [(json.loads(line)[3], json.loads(line)[4]) for line in lines]


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    """A tap, ended whatever happens."""
    one = Relay(tmp_path)
    yield one
    one.box.close()
    one.process.kill()
    one.process.wait()


def _everything(client: socket.socket) -> bytes:
    received = b""
    while data := client.recv(65_536):
        received += data
    return received


def test_bytes_go_both_ways_unchanged(relay: Relay) -> None:
    """A megabyte each way arrives as it was sent, and all of it is in the record."""
    said, told = random.Random(1).randbytes(1 << 20), random.Random(2).randbytes(1 << 20)
    heard: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        heard.append(_everything(connection))
        connection.sendall(told)

    relay.serve(answer)
    with relay.ask() as client:
        client.sendall(said)
        client.shutdown(socket.SHUT_WR)
        assert told == _everything(client)
    assert [said] == heard
    lines = relay.end()
    assert said == "".join(text for kind, text in lines if kind == ">").encode("latin-1")
    assert told == "".join(text for kind, text in lines if kind == "<").encode("latin-1")
    assert ("+", "-") == (lines[0][0], lines[-1][0])


def test_a_greeting_always_arrives(relay: Relay) -> None:
    """A box that speaks first is heard by every caller, however fast it is."""
    for _ in range(300):
        relay.serve(lambda connection: connection.sendall(b"220 hello"))
        with relay.ask() as client:
            assert _everything(client) == b"220 hello"


def test_secrets_do_not_reach_the_disk(relay: Relay) -> None:
    """A secret goes over the wire as it is and into the record as asterisks, also in two pieces."""
    heard: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        heard.append(_everything(connection))

    relay.serve(answer)
    with relay.ask() as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.sendall(b"key=" + _SECRET[:7].encode())
        client.sendall(_SECRET[7:].encode() + b";")
        client.shutdown(socket.SHUT_WR)
        _everything(client)
    assert [f"key={_SECRET};".encode()] == heard
    written = "".join(text for kind, text in relay.end() if kind == ">")
    assert "key=" + "*" * len(_SECRET) + ";" == written


def test_a_reset_is_passed_on(relay: Relay) -> None:
    """When the box resets, the caller is reset too, and the record says so."""

    def answer(connection: socket.socket) -> None:
        connection.recv(10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    relay.serve(answer)
    with relay.ask() as client:
        client.sendall(b"hello")
        with pytest.raises(ConnectionResetError):
            _everything(client)
    assert "!" in [kind for kind, _ in relay.end()]


def test_a_box_that_refuses_is_told(relay: Relay) -> None:
    """When nobody listens behind the edge, the caller is reset and the record says refused."""
    relay.box.close()
    # The reset may come while the client still connects.
    with pytest.raises(ConnectionResetError), relay.ask() as client:
        _everything(client)
    assert ["+", "x"] == [kind for kind, _ in relay.end()]
