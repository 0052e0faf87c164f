"""HEA001: a dependency is in a state that has no meaning."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Inventive(Notes):
    """Has a word of its own for a full disk."""

    def health(self) -> tuple[int, Body]:
        return 200, {"status": "healthy", "dependencies": {"disk": "so-so", "memory": "healthy"}}


if __name__ == "__main__":
    serve(Inventive)
