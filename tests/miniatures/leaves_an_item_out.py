"""PAG001: a page begins after the first item that the page before it did not show."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Skipping(Notes):
    """Counts one too many."""

    def is_after(self, number: int, cursor: str) -> bool:
        return super().is_after(number + 1, cursor) if cursor else True


if __name__ == "__main__":
    serve(Skipping)
