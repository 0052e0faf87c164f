"""ERR001: a code of the catalogue that this endpoint does not declare."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Borrower(Notes):
    """Calls a bad note a missing one."""

    def error(self, code: str) -> Body:
        return super().error("NOTE_NOT_FOUND" if code == "NO_NOTE" else code)


if __name__ == "__main__":
    serve(Borrower)
