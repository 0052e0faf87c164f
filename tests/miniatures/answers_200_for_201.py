"""ERR001: a success with another status than the declared one."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Casual(Notes):
    """Answers 200 where 201 is declared."""

    def succeed(self, status: int, data: Body) -> None:
        super().succeed(200, data)


if __name__ == "__main__":
    serve(Casual)
