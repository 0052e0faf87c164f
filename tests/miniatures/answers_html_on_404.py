"""ENV001: a route that does not exist is answered by a page of the framework."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Framework(Notes):
    """Has an error page for routes that it does not know."""

    def fail(self, code: str) -> None:
        if code == "NOT_FOUND":
            self.send(404, "<h1>Not Found</h1>", "text/html")
        else:
            super().fail(code)


if __name__ == "__main__":
    serve(Framework)
