"""RID002: a request without an ID gets none."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class NoId(Notes):
    """Echoes IDs and makes none."""

    def headers_of_all(self) -> dict[str, str]:
        headers = super().headers_of_all()
        return headers if self.headers.get("x-request-id") else {"x-api-version": "1"}


if __name__ == "__main__":
    serve(NoId)
