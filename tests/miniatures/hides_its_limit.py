"""LIM001: an endpoint may refuse what is too much, and no limit is declared."""

from __future__ import annotations

from tests.miniatures.contract import promising
from tests.miniatures.keeps_its_promises import Notes, serve

SYSTEM = promising("GET /notes", rate_limit=None)


if __name__ == "__main__":
    serve(Notes)
