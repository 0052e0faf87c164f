"""STS001: no error codes are declared, and a success has another status than the declared one."""

from __future__ import annotations

from tests.miniatures import fails_in_two_formats
from tests.miniatures.keeps_its_promises import Body, Notes, serve

SYSTEM = fails_in_two_formats.SYSTEM


class Casual(Notes):
    """Answers 200 where 201 is declared."""

    def succeed(self, status: int, data: Body) -> None:
        super().succeed(200, data)


if __name__ == "__main__":
    serve(Casual)
