"""How often an endpoint may be called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `limit` requests of one caller within any `window_s` seconds."""

    limit: int
    window_s: int

    @property
    def counts_s(self) -> float:
        """How long a request may count: the window and a tenth of it, for clocks are coarse."""
        return self.window_s * 1.1
