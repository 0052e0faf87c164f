"""HEA001: the health answer leaves out a dependency."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Hiding(Notes):
    """Does not say how its memory does."""

    def health(self) -> tuple[int, Body]:
        return 200, {"status": "healthy", "dependencies": {"disk": "healthy"}}


if __name__ == "__main__":
    serve(Hiding)
