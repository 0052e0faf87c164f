"""ENV001: the validator has an error format of its own."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class TwoForms(Notes):
    """Says what is wrong with a body in the words of its validator."""

    def fail(self, code: str) -> None:
        if code == "NO_NOTE":
            self.send(422, {"detail": "text: field required", **self.meta()})
        else:
            super().fail(code)


if __name__ == "__main__":
    serve(TwoForms)
