"""STA001: a change is answered as if it had been made, and is not."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Lazy(Notes):
    """Keeps what a note said first."""

    def store(self, note: Body) -> None:
        if note["id"] not in self.kept:
            super().store(note)


if __name__ == "__main__":
    serve(Lazy)
