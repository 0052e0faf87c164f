"""DOC002: what it publishes is of an older contract set."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


def publish(path: str, text: str) -> str:
    """What lies in the place of the file that should be there."""
    return text.replace("Keep.", "Store.") if path.endswith(".openapi.json") else text


if __name__ == "__main__":
    serve(Notes)
