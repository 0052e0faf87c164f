"""DUR001: the duration is promised in milliseconds, and told in microseconds."""

from __future__ import annotations

import time

from tests.miniatures.keeps_its_promises import Notes, serve


class Microseconds(Notes):
    """Takes at least a millisecond for everything."""

    def duration(self) -> float:
        time.sleep(0.001)
        return super().duration() * 1_000


if __name__ == "__main__":
    serve(Microseconds)
