"""SCH001: a field has another type than the schema says."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Numbers(Notes):
    """Tells a number where a text is declared."""

    def data(self, data: Body) -> Body:
        return {**data, "text": 7} if "text" in data else data


if __name__ == "__main__":
    serve(Numbers)
