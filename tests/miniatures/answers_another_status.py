"""ERR001: a declared code with a status that is not its own."""

from __future__ import annotations

from typing import ClassVar

from tests.miniatures.keeps_its_promises import STATUSES, Notes, serve


class OtherStatus(Notes):
    """Answers 400 where 422 is declared."""

    status_of: ClassVar[dict[str, int]] = {**STATUSES, "NO_NOTE": 400}


if __name__ == "__main__":
    serve(OtherStatus)
