"""PAG001: a page begins with the last item of the page before it."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Overlapping(Notes):
    """Takes a cursor for where the page begins."""

    def is_after(self, number: int, cursor: str) -> bool:
        return super().is_after(number - 1, cursor)


if __name__ == "__main__":
    serve(Overlapping)
