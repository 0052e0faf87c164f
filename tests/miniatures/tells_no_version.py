"""VER001: answers do not tell the version."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Silent(Notes):
    """Sends no version."""

    def headers_of_all(self) -> dict[str, str]:
        return {"x-request-id": self.told_id}


if __name__ == "__main__":
    serve(Silent)
