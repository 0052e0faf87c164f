"""What is known of the one request that is being answered, wherever in the code that is.

door ─▶ begin ─▶ endpoint ─▶ callee: how much time is left?
                          ─▶ cache: this answer is made of a copy
door ◀── x-cache ◀────────────────┘
"""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import contextmanager
from contextvars import Context, ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator
    from typing import Any

CACHE_HEADER = "x-cache"
_FOREVER = float("inf")
_STALE = re.compile(r"stale; age=(\d{1,9})")


@dataclass(slots=True)
class Errand:
    """One request.

    Attributes:
        until: when its caller gives up, on the monotonic clock.
        within_s: how long that was from the beginning.
        copy_age_s: the age of the oldest copy that the answer is made of; None while there is none.
    """

    until: float = _FOREVER
    within_s: float = _FOREVER
    copy_age_s: float | None = None

    def mark(self, age_s: float) -> None:
        """Something in the answer is a copy of this age."""
        self.copy_age_s = max(age_s, self.copy_age_s or 0.0)

    def headers(self) -> tuple[tuple[str, str], ...]:
        """What the answer says about itself."""
        if self.copy_age_s is None:
            return ()
        return ((CACHE_HEADER, f"stale; age={int(self.copy_age_s)}"),)


_CURRENT: ContextVar[Errand | None] = ContextVar("errand", default=None)


def begin(within_s: float = _FOREVER) -> Errand:
    """A new request, and what is done from here on is done for it."""
    errand = Errand(time.monotonic() + within_s, within_s)
    _CURRENT.set(errand)
    return errand


def current() -> Errand:
    """The request that is being answered; one that nobody waits for where there is none."""
    return _CURRENT.get() or Errand()


def left_s() -> float:
    """How long its caller still waits."""
    return max(0.0, current().until - time.monotonic())


def passed_on(header: str) -> None:
    """Who was asked answered with a copy, so that our answer is made of one too."""
    if (found := _STALE.fullmatch(header)) is not None:
        current().mark(float(found[1]))


def aside(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Do it in the background, for no request: it may outlast the one that it came from.

    Keep the task until it is done; the loop itself does not.
    """
    return asyncio.get_running_loop().create_task(work, context=Context())


@contextmanager
def sparing(part: float) -> Generator[None]:
    """Keep this part of the whole time for what has to be done afterwards."""
    errand = current()
    spared_s = errand.within_s * part if errand.within_s < _FOREVER else 0.0
    errand.until -= spared_s
    try:
        yield
    finally:
        errand.until += spared_s
