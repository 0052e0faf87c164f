"""SCH001: a field that the schema does not have."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Talkative(Notes):
    """Tells more of a note than was agreed."""

    def data(self, data: Body) -> Body:
        return {**data, "owner": "ada"} if "id" in data else data


if __name__ == "__main__":
    serve(Talkative)
