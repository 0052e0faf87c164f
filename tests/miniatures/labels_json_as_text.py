"""ENV001: the body is JSON, and its content type says that it is text."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Label(Notes):
    """Sends failures as text."""

    def fail(self, code: str) -> None:
        body: Body = {"ok": False, "error": self.error(code), **self.meta()}
        self.send(self.status_of[code], body, "text/plain")


if __name__ == "__main__":
    serve(Label)
