"""Processes of a subject: started in groups of their own, and ended with all they began."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seamwright.drive.subject.guard import Guard

_FORK_SERVER = Path(__file__).with_name("fork_server.py")
_PATIENCE_S = 5.0
_STEP_S = 0.01
_PR_SET_PDEATHSIG = 1


class Process(Protocol):
    """A running box."""

    @property
    def pid(self) -> int:
        """Its process id, which is its group's too."""
        ...

    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        ...


def _die_with_parent() -> Callable[[], None] | None:
    """What a child does first: ask the kernel for SIGTERM when the harness is gone.

    So no moment is left between the fork and the word to the warden. Linux alone knows this.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Spawned:
    """A process made from a command."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], cwd: Path, output: int, guard: Guard
    ) -> None:
        """Start it; raises OSError when the command cannot be run."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509
        )
        guard.started(self._process.pid)

    @property
    def pid(self) -> int:
        """Its process id, which is its group's too."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()


class ForkServer:
    """The interpreter that Python boxes are forked from."""

    def __init__(
        self, warm: Sequence[str], env: Mapping[str, str], cwd: Path, output: int, guard: Guard
    ) -> None:
        """Start it; it imports the modules named in `warm` before it forks."""
        self._socket, theirs = socket.socketpair()
        with theirs:
            fd = theirs.fileno()
            os.set_inheritable(fd, True)  # noqa: FBT003 - the signature is the standard library's
            self._process = subprocess.Popen(
                [sys.executable, str(_FORK_SERVER), str(fd), *warm],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=dict(env),
                cwd=cwd,
                pass_fds=[fd],
                start_new_session=True,
            )
        guard.started(self._process.pid)
        self._guard = guard
        self._exits: dict[int, int] = {}
        self._unread = b""

    @property
    def pid(self) -> int:
        """The server's own process id."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """How the server ended; None while it runs."""
        return self._process.poll()

    async def fork(self, module: str, env: Mapping[str, str], cwd: Path, output: int) -> Forked:
        """A new process that runs `python -m module`.

        Raises:
            OSError: when the server is gone.
        """
        order = json.dumps({"module": module, "env": dict(env), "cwd": str(cwd)}).encode()
        socket.send_fds(self._socket, [order], [output])
        while True:
            message = await asyncio.to_thread(self._message)
            if "pid" in message:
                self._guard.started(message["pid"])
                return Forked(self, message["pid"])
            self._exits[message["exited"]] = message["code"]

    def code_of(self, pid: int) -> int | None:
        """How a forked process ended; None while it runs."""
        self._socket.settimeout(0)
        try:
            while pid not in self._exits:
                message = self._message()
                self._exits[message["exited"]] = message["code"]
        except BlockingIOError:
            return None
        except OSError:
            return -1
        finally:
            self._socket.settimeout(None)
        return self._exits[pid]

    def close(self) -> None:
        """Let the server end, and with it what is left of its boxes."""
        self._socket.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE_S)

    def _message(self) -> dict[str, int]:
        while b"\n" not in self._unread:
            data = self._socket.recv(1 << 16)
            if not data:
                message = "the fork server has ended"
                raise ConnectionError(message)
            self._unread += data
        line, _, self._unread = self._unread.partition(b"\n")
        return json.loads(line)


class Forked:
    """A process made by the fork server."""

    def __init__(self, server: ForkServer, pid: int) -> None:
        """Know whom to ask for its end."""
        self._server = server
        self._pid = pid

    @property
    def pid(self) -> int:
        """Its process id, which is its group's too."""
        return self._pid

    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._server.code_of(self._pid)


async def end(process: Process, guard: Guard) -> None:
    """SIGTERM to the group; SIGKILL to what is left of it after five seconds."""
    _signal(process.pid, signal.SIGTERM)
    for _ in range(int(_PATIENCE_S / _STEP_S)):
        if process.exit_code() is not None:
            break
        await asyncio.sleep(_STEP_S)
    _signal(process.pid, signal.SIGKILL)
    guard.ended(process.pid)


async def kill(process: Process, guard: Guard) -> None:
    """SIGKILL to the group, and wait until it is gone, five seconds at most."""
    _signal(process.pid, signal.SIGKILL)
    for _ in range(int(_PATIENCE_S / _STEP_S)):
        if process.exit_code() is not None:
            break
        await asyncio.sleep(_STEP_S)
    guard.ended(process.pid)


def _signal(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
