"""Whether something is down: what separate calls saw of it, put together into one outage.

Calls overlap. One that began before the outage was over may still fail after it, and one that was
answered just before it may come home late; neither says anything new, else one outage would be
told as many.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Outage:
    """One trouble, over and over.

    Attributes:
        lasts: whether it is on.
        moved_at: when it began or ended last, on the clock of the calls.
        count: how many there have been.
    """

    lasts: bool = False
    moved_at: float = float("-inf")
    count: int = 0

    def failed(self, began: float, now: float) -> bool:
        """A call that began then has failed; whether that begins an outage."""
        if self.lasts or began < self.moved_at:
            return False
        self.lasts, self.moved_at = True, now
        self.count += 1
        return True

    def succeeded(self, began: float, now: float) -> bool:
        """A call that began then was answered; whether that ends the outage."""
        if not self.lasts or began < self.moved_at:
            return False
        self.lasts, self.moved_at = False, now
        return True
