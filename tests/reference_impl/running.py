"""Running boxes as processes, and looking at them from outside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from seamwright.drive.subject.toolchain import Toolchain, cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    Found = TypeVar("Found")

ROOT = Path(__file__).parents[2]
BOOT_S = 20.0
POLL_S = 0.005


def poll(look: Callable[[], Found | None], deadline_s: float = BOOT_S) -> Found:
    """The first thing that `look` finds; fails when nothing is found in time."""
    end_s = time.monotonic() + deadline_s
    while time.monotonic() < end_s:
        found = look()
        if found is not None:
            return found
        time.sleep(POLL_S)
    pytest.fail(f"nothing found within {deadline_s} s by {look}")


def answers(port: int) -> bool | None:
    """True when somebody takes connections on the port, None when nobody does."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return None
    return True


def descendants(pid: int) -> list[int]:
    """The processes that live below this one."""
    below: list[int] = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[1]) == pid:
            child = int(status.parent.name)
            below += [child, *descendants(child)]
    return below


def alive(pid: int) -> bool:
    """Whether the process runs; one that waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def token(secret: str, role: str) -> str:
    """A JWT (HS256) that names the role."""
    parts = ({"alg": "HS256", "typ": "JWT"}, {"role": role})
    signed = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
    signature = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + _base64url(signature)).decode()


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


@dataclass(slots=True)
class Box:
    """A running box and the lines that it has written so far."""

    process: subprocess.Popen[str]
    lines: deque[dict[str, object]] = field(default_factory=deque[dict[str, object]])

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(BOOT_S)

    def line(self, name: str, value: object) -> dict[str, object]:
        """The first log line in which that field has that value, once it is there."""
        return poll(
            lambda: next((line for line in list(self.lines) if line.get(name) == value), None)
        )

    def read(self) -> None:
        """Keep what the box writes, until it ends."""
        if self.process.stdout is not None:
            for line in self.process.stdout:
                self.lines.append(json.loads(line))


class StartBox(Protocol):
    """Starts a box and waits until it is ready."""

    def __call__(
        self, command: Sequence[str], environment: Mapping[str, str], ports: Sequence[int]
    ) -> Box:
        """The box, whose `ports` take connections."""
        ...


def launch(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start `python` (this one) or `node` with these variables and no others but PATH."""
    program = sys.executable
    if command[0] == "node":
        program = str(Toolchain(cache_folder(os.environ), print).node())
    return subprocess.Popen(
        [program, *command[1:]],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
