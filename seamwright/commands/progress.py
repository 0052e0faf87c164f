"""What is going on: a live line on a terminal, plain lines without one."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Generator

    from rich.status import Status

_OFTEN_S = 0.2
_SELDOM_S = 15.0


class Progress(Protocol):
    """Who tells what is going on, on standard error."""

    def __call__(self, text: str) -> None:
        """Say what begins now."""
        ...

    def now(self, text: str) -> None:
        """Say how far it is; the next time takes its place, where it can."""
        ...


@contextmanager
def progress() -> Generator[Progress]:
    """Progress for as long as the block runs."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield _Plain()
        return
    with console.status("starting") as status:
        live = _Live(console, status)
        yield live
        live.end()


class _Plain:
    """A line for each, with the seconds since the beginning; how far it is now and then."""

    def __init__(self) -> None:
        self._began_s = time.monotonic()
        self._told_s = self._began_s

    def __call__(self, text: str) -> None:
        sys.stderr.write(f"{time.monotonic() - self._began_s:7.2f} s  {text}\n")
        sys.stderr.flush()

    def now(self, text: str) -> None:
        if time.monotonic() - self._told_s >= _SELDOM_S:
            self._told_s = time.monotonic()
            self(text)


class _Live:
    """A line that lives at the bottom; what is over is ticked off above it."""

    def __init__(self, console: Console, status: Status) -> None:
        self._console = console
        self._status = status
        self._last = ""
        self._told_s = 0.0

    def __call__(self, text: str) -> None:
        self.end()
        self._last = text
        self._status.update(escape(text))

    def now(self, text: str) -> None:
        if time.monotonic() - self._told_s >= _OFTEN_S:
            self._told_s = time.monotonic()
            self._status.update(escape(text))

    def end(self) -> None:
        if self._last:
            self._console.print(f"[green]✓[/] {escape(self._last)}")
        self._last = ""
