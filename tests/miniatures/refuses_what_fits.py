"""POS001: a note is refused for a reason that its contract does not tell."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Choosy(Notes):
    """Changes no note to a text of two words."""

    def item(self, id_: str) -> None:
        if self.method == "PATCH" and id_ in self.kept and " " in (self.text() or ""):
            self.fail("NO_NOTE")
        else:
            super().item(id_)


if __name__ == "__main__":
    serve(Choosy)
