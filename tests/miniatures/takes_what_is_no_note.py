"""NEG001: a number is taken for a text, and made one."""

from __future__ import annotations

import json

from tests.miniatures.keeps_its_promises import Notes, serve


class Lenient(Notes):
    """Writes down whatever it gets, as a language without types would."""

    def text(self) -> str | None:
        text = super().text()
        if text is not None:
            return text
        try:
            told: object = json.loads(self.body)["text"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return None if isinstance(told, str) else json.dumps(told)


if __name__ == "__main__":
    serve(Lenient)
