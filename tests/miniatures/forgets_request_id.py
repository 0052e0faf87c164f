"""RID001: a fresh request ID on every answer, whatever was sent."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Forgetful(Notes):
    """Never reads the request ID."""

    def request_id(self, given: str) -> str:
        return self.fresh_id()


if __name__ == "__main__":
    serve(Forgetful)
