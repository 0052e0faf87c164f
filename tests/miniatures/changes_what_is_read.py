"""IDM001: every read of a note leaves a mark in it."""

from __future__ import annotations

from typing import ClassVar

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Counting(Notes):
    """Writes into the text how often it was read; the first read shows it as it was told."""

    reads: ClassVar[dict[str, int]] = {}

    def shown(self, note: Body) -> Body:
        id_ = str(note["id"])
        count = self.reads[id_] = self.reads.get(id_, 0) + 1
        return {**note, "text": f"{note['text']}{' ' * (count - 1)}"}


if __name__ == "__main__":
    serve(Counting)
