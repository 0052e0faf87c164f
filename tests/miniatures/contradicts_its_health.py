"""HEA001: the body says healthy, the status says that it is not."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Contradiction(Notes):
    """Answers 503 and is healthy."""

    def health(self) -> tuple[int, Body]:
        return 503, super().health()[1]


if __name__ == "__main__":
    serve(Contradiction)
