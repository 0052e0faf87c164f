"""LIM002: Retry-After says that there is nothing to wait for."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Impatient(Notes):
    """Sends callers away, and lets them come again at once."""

    def wait(self, seconds: int) -> str:
        del seconds
        return "0"


if __name__ == "__main__":
    serve(Impatient)
