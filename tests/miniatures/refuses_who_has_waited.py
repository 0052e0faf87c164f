"""LIM002: Retry-After says that there is nothing to wait for."""

from __future__ import annotations

import time
from typing import ClassVar

from tests.miniatures.keeps_its_promises import WINDOW_S, Notes, serve


class Impatient(Notes):
    """Sends callers away for a whole window, and tells them to come again at once."""

    until_s: ClassVar[dict[str, float]] = {}

    def is_too_much(self) -> bool:
        now_s = time.monotonic()
        if super().is_too_much():
            self.until_s[self.method] = now_s + WINDOW_S
        elif now_s < self.until_s.get(self.method, 0):
            self.too_soon = self.wait(0)
        return bool(self.too_soon)

    def wait(self, seconds: int) -> str:
        del seconds
        return "0"


if __name__ == "__main__":
    serve(Impatient)
