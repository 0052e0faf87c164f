"""ENV001: failures lack a part of the envelope."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Terse(Notes):
    """Has no message in its errors."""

    def error(self, code: str) -> Body:
        told = super().error(code)
        return {name: told[name] for name in told if name != "message"}


if __name__ == "__main__":
    serve(Terse)
