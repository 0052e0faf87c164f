"""What is going on: a live line on a terminal, plain lines without one."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


@contextmanager
def progress() -> Generator[Callable[[str], None]]:
    """A function that says what begins now; it writes to standard error."""
    began_s = time.monotonic()
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:

        def plain(text: str) -> None:
            sys.stderr.write(f"{time.monotonic() - began_s:7.2f} s  {text}\n")
            sys.stderr.flush()

        yield plain
        return
    with console.status("starting") as status:
        last: list[str] = []

        def live(text: str) -> None:
            if last:
                console.print(f"[green]✓[/] {escape(last.pop())}")
            last.append(text)
            status.update(escape(text))

        yield live
        if last:
            console.print(f"[green]✓[/] {escape(last.pop())}")
