"""An error code of the closed catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A code, and what it always means.

    Attributes:
        code: the name in the answer's body.
        status: the HTTP status that it comes with.
        retryable: whether the same request may succeed later; an answer never says otherwise.
        meaning: one sentence for the API reference.
    """

    code: str
    status: int
    retryable: bool
    meaning: str
