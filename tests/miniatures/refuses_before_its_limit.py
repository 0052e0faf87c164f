"""LIM002: half as many requests are let in as the contract says."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import LIMIT, Notes, serve


class Strict(Notes):
    """Has a limit of its own."""

    def most(self) -> int:
        return LIMIT // 2


if __name__ == "__main__":
    serve(Strict)
