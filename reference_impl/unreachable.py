"""A box on the other side of an edge did not do what it was asked."""

from __future__ import annotations


class Unreachable(Exception):
    """Refused, cut, late, overloaded, or speaking nonsense.

    Attributes:
        box: which one.
        reason: for the log, never for the caller.
        retryable: whether another attempt may succeed soon.
        retry_after_s: how long the box asked to be left alone, if it did.
        unsent: whether nothing of the request has left us, so that it cannot have been done.
    """

    def __init__(
        self,
        box: str,
        reason: str,
        *,
        retryable: bool = True,
        retry_after_s: float | None = None,
        unsent: bool = False,
    ) -> None:
        """Keep the parts, and say them in one line."""
        super().__init__(f"{box}: {reason}")
        self.box = box
        self.reason = reason
        self.retryable = retryable
        self.retry_after_s = retry_after_s
        self.unsent = unsent
