"""SRV001: who sends a note of a wrong type gets no answer at all."""

from __future__ import annotations

import json
from typing import cast

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Brittle(Notes):
    """Takes for granted that a text is one; nobody is there who would answer when it is not."""

    def keep(self, id_: str, status: int) -> None:
        if self.is_of_wrong_type():
            self.close_connection = True
        else:
            super().keep(id_, status)

    def is_of_wrong_type(self) -> bool:
        try:
            sent: object = json.loads(self.body)
        except (ValueError, RecursionError):
            return False
        text = cast("Body", sent).get("text", "") if isinstance(sent, dict) else ""
        return not isinstance(text, str)


if __name__ == "__main__":
    serve(Brittle)
