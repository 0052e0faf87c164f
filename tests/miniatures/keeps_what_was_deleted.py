"""STA001: a note that was deleted is still there."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Hoarder(Notes):
    """Says that it has deleted, and keeps everything."""

    def forget(self, id_: str) -> None:
        del id_


if __name__ == "__main__":
    serve(Hoarder)
