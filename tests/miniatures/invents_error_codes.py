"""ERR001: an error code that the catalogue does not have."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Inventor(Notes):
    """Answers with a code of its own."""

    def error(self, code: str) -> Body:
        return super().error("OOPS" if code == "NO_NOTE" else code)


if __name__ == "__main__":
    serve(Inventor)
