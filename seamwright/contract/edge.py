"""An arrow of the architecture: who calls whom, and why so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Protocol(StrEnum):
    """What is spoken on an edge."""

    HTTP = "http"
    SMTP = "smtp"
    IMAP = "imap"
    TCP = "tcp"


class Mode(StrEnum):
    """Whether the caller waits for the work, or only for its acceptance."""

    SYNC = "sync"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class Edge:
    """A caller, a callee, and how they speak.

    Attributes:
        caller: a service.
        callee: a service or a dependency.
        protocol: what is spoken.
        mode: whether the caller waits for the work.
        reason: why so.
        deadline_ms: how long the caller waits for one attempt.
    """

    caller: str
    callee: str
    protocol: Protocol
    mode: Mode
    reason: str
    deadline_ms: int

    @property
    def name(self) -> str:
        """`caller→callee`, unique in a system."""
        return f"{self.caller}→{self.callee}"
