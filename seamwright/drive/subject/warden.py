"""Ends what a killed harness leaves behind.

A process of its own, run by its path with nothing but the standard library. It reads lines:

    + GROUP      a process group was started          - GROUP     it has ended
    dir PATH     a temporary folder was made          bye         the harness cleans up itself

When its input ends without `bye`, the harness is gone: the groups get SIGTERM, after two seconds
SIGKILL, and the folders are removed. Only what it was told of is touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time

_PATIENCE_S = 2.0
_STEP_S = 0.02


def main() -> None:
    """Read until the end of input, then do what is left to do."""
    for ignored in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)
    groups: set[int] = set()
    folders: list[str] = []
    for line in sys.stdin:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "bye":
            return
        if word == "+":
            groups.add(int(rest))
        elif word == "-":
            groups.discard(int(rest))
        elif word == "dir":
            folders.append(rest)
    _end(groups)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _end(groups: set[int]) -> None:
    for group in groups:
        _signal(group, signal.SIGTERM)
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and any(_signal(group, 0) for group in groups):
        time.sleep(_STEP_S)
    for group in groups:
        _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    """Whether the group was there to get the signal."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
