"""RID002: the IDs that it makes are none that it would take."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Malformed(Notes):
    """Makes IDs with a space in them."""

    def headers_of_all(self) -> dict[str, str]:
        given = self.headers.get("x-request-id")
        return {"x-request-id": given or f"req {self.told_id}", "x-api-version": "1"}


if __name__ == "__main__":
    serve(Malformed)
