"""CTT001: JSON is UTF-8, and its content type says something else."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Charset(Notes):
    """Has an old framework's default."""

    def send(self, status: int, body: Body | str, kind: str = "application/json") -> None:
        super().send(status, body, f"{kind}; charset=iso-8859-1")


if __name__ == "__main__":
    serve(Charset)
