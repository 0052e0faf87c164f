"""ERR001: an error is called retryable that the catalogue calls final."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Optimist(Notes):
    """Invites to try a bad note again."""

    def error(self, code: str) -> Body:
        return {**super().error(code), "retryable": True}


if __name__ == "__main__":
    serve(Optimist)
