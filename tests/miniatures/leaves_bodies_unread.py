"""CON001: a body that is sent to nowhere is taken for the next request."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Hasty(Notes):
    """Answers before it has read, and keeps the connection."""

    def read(self) -> bool:
        return not self.path.startswith("/notes") or super().read()


if __name__ == "__main__":
    serve(Hasty)
