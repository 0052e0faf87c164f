"""SCH001: null where a value is declared."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Empty(Notes):
    """Has no text, and says so with null."""

    def data(self, data: Body) -> Body:
        return {**data, "text": None} if "text" in data else data


if __name__ == "__main__":
    serve(Empty)
