"""How the version of an API is told and pinned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """The versioning strategy.

    Attributes:
        header: on every answer, and on a request that pins a version.
        current: its value now.
        unsupported: the error code for a version that does not exist.
    """

    header: str
    current: str
    unsupported: str
