"""How often one caller may call one endpoint: at most `limit` times in any `window_s` seconds."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.contract import RateLimit


class RateLimiter:
    """A sliding window for each caller and endpoint.

    It keeps the moments themselves: only so does Retry-After say exactly when there is room again.
    That is `limit` numbers a window, and as many windows as there are credentials and endpoints.
    """

    def __init__(self, factor: float, clock: Callable[[], float]) -> None:
        """`factor` multiplies every declared limit; 0 turns limits off."""
        self._factor = factor
        self._clock = clock
        self._admitted: dict[tuple[str, str], deque[float]] = {}

    def admit(self, caller: str, endpoint: str, declared: RateLimit | None) -> None:
        """Let the request pass, or refuse it (429) with a Retry-After that suffices."""
        if declared is None or self._factor == 0:
            return
        limit = max(1, math.floor(declared.limit * self._factor))
        now = self._clock()
        moments = self._admitted.setdefault((caller, endpoint), deque())
        while moments and now - moments[0] >= declared.window_s:
            moments.popleft()
        if len(moments) < limit:
            moments.append(now)
            return
        # The caller may come once the oldest has left the window. Rounding up is what makes whole
        # seconds suffice, and there is always something to wait for.
        wait_s = max(1, math.ceil(moments[0] + declared.window_s - now))
        message = f"Too many requests, retry after {wait_s} seconds."
        raise Refusal("RATE_LIMITED", message, {"retry-after": str(wait_s)})
