"""VER002: the contract set has no version."""

from __future__ import annotations

from dataclasses import replace

from tests.miniatures import contract
from tests.miniatures.keeps_its_promises import Notes, serve

SYSTEM = replace(contract.SYSTEM, version=None)


if __name__ == "__main__":
    serve(Notes)
