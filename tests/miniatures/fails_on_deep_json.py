"""SRV001: a body that is nested too deeply is the service's own fault."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Trusting(Notes):
    """Reads whatever comes, and answers what it did not expect with 500."""

    def keep(self, id_: str, status: int) -> None:
        if self.body.startswith(b"[[[["):
            self.fail("INTERNAL")
        else:
            super().keep(id_, status)


if __name__ == "__main__":
    serve(Trusting)
