"""NEG001: a number is taken for a text, and made one."""

from __future__ import annotations

import json

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Lenient(Notes):
    """Writes down whatever it gets, as a language without types would."""

    def keep(self, id_: str, status: int) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        try:
            text: object = json.loads(body)["text"]
        except (ValueError, KeyError, TypeError):
            self.fail("NO_NOTE")
            return
        note: Body = {"id": id_, "text": text if isinstance(text, str) else json.dumps(text)}
        self.store(note)
        self.succeed(status, note)


if __name__ == "__main__":
    serve(Lenient)
