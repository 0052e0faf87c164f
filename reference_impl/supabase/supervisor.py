"""Watches both children: relays what they write, ends when one of them does."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reference_impl.supabase.relay import Relay

if TYPE_CHECKING:
    import signal

    from reference_impl.box.log import Log

_PIECE_BYTES = 65_536
_BOOT_S = 20.0
_LOOK_S = 1.0
_GRACE_S = 0.6


class EndedError(Exception):
    """A child ended, or did not get ready; the text says which one, and how."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running child.

    Attributes:
        name: what its log lines call it.
        process: the process, whose stdout is a pipe.
        stop: the signal that ends it in good order.
    """

    name: str
    process: subprocess.Popen[bytes]
    stop: signal.Signals


class Supervisor:
    """Holds the children of one run; they are stopped in the reverse of their order."""

    def __init__(self, log: Log) -> None:
        """Start without children."""
        self._log = log
        self._selector = selectors.DefaultSelector()
        self._relays: dict[int, Relay] = {}
        self._children: list[Child] = []

    def add(self, child: Child, ready: str) -> None:
        """Watch this child from now on; wait until it has written the words of `ready`.

        Raises:
            EndedError: when it ended before, or needs more than 20 s.
        """
        self._children.append(child)
        if child.process.stdout is not None:
            fd = child.process.stdout.fileno()
            self._relays[fd] = Relay(child.name, self._log)
            self._selector.register(fd, selectors.EVENT_READ)
        deadline_s = time.monotonic() + _BOOT_S
        while not any(ready in line for line in self._read()):
            self._refuse_the_dead()
            if time.monotonic() > deadline_s:
                message = f"{child.name} was not ready within {_BOOT_S} s"
                raise EndedError(message)

    def watch(self) -> None:
        """Relay output for as long as all children live.

        Raises:
            EndedError: when one has ended.
        """
        while True:
            self._refuse_the_dead()
            self._read()

    def stop(self) -> None:
        """Stop what runs; what is deaf to its signal is killed after 0.6 s."""
        for child in reversed(self._children):
            if child.process.poll() is None:
                child.process.send_signal(child.stop)
        for child in reversed(self._children):
            try:
                child.process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()

    def _refuse_the_dead(self) -> None:
        for child in self._children:
            code = child.process.poll()
            if code is not None:
                message = f"{child.name} ended with {code}"
                raise EndedError(message)

    def _read(self) -> list[str]:
        """Relay what there is; the lines, once there are some or a second has passed.

        An ended child closes its pipe, so that it is noticed at once; the second is for one whose
        own children keep the pipe open.
        """
        lines: list[str] = []
        for key, _ in self._selector.select(_LOOK_S):
            piece = os.read(key.fd, _PIECE_BYTES)
            lines += self._relays[key.fd].feed(piece)
            if not piece:
                self._selector.unregister(key.fd)
        return lines
