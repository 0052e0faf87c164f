"""SCH002: a part of an answer may be anything."""

from __future__ import annotations

from seamwright.contract import Message
from tests.miniatures.contract import promising
from tests.miniatures.keeps_its_promises import Notes, serve


class Whatever(Message):
    """Notes of any form."""

    notes: list[object]
    nextCursor: str | None = None  # noqa: N815 - as it is named on the wire


SYSTEM = promising("GET /notes", response=Whatever)


if __name__ == "__main__":
    serve(Notes)
