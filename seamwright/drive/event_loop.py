"""The loop on which the harness sends and records.

A good part of what a request costs is the loop's own work, and uvloop's costs less.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, TypeVar

if sys.platform != "win32":
    from uvloop import new_event_loop
else:
    from asyncio import new_event_loop

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

_Result = TypeVar("_Result")


def finish(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run it to its end, on a loop of its own."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)
