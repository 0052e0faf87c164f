"""DOC001: nobody has said what an endpoint is for."""

from __future__ import annotations

from tests.miniatures.contract import promising
from tests.miniatures.keeps_its_promises import Notes, serve

SYSTEM = promising("GET /notes", summary="TODO")


if __name__ == "__main__":
    serve(Notes)
