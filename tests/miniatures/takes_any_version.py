"""VER001: a version that does not exist is served all the same."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Tolerant(Notes):
    """Never reads the version."""

    def takes_any_version(self) -> bool:
        return True


if __name__ == "__main__":
    serve(Tolerant)
