"""How a command ends."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The same for every command."""

    HOLDS = 0
    FINDINGS = 1
    USAGE = 2
    HARNESS = 3
