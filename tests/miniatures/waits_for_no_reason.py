"""MOD001: an edge is synchronous, and nobody knows why."""

from __future__ import annotations

from dataclasses import replace

from tests.miniatures import contract
from tests.miniatures.keeps_its_promises import Notes, serve

SYSTEM = replace(contract.SYSTEM, edges=(replace(contract.SYSTEM.edges[0], reason="sync"),))


if __name__ == "__main__":
    serve(Notes)
