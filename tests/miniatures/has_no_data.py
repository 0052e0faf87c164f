"""SCH001: the data of a success is null."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Hollow(Notes):
    """Says that it kept a note, and not which."""

    def succeed(self, status: int, data: Body) -> None:
        """Answer a success without its data where a note was kept."""
        if status == 201:
            self.send(status, {"ok": True, "data": None, **self.meta()})
        else:
            super().succeed(status, data)


if __name__ == "__main__":
    serve(Hollow)
