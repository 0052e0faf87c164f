"""BND001: an edge leads to a store with nothing in it for this service."""

from __future__ import annotations

from dataclasses import replace

from seamwright.contract import Dependency, Edge, Entity, Mode, Protocol
from tests.miniatures import contract
from tests.miniatures.keeps_its_promises import Notes, serve

BANK = frozenset({"bank"})
SYSTEM = replace(
    contract.SYSTEM,
    dependencies=(
        *contract.SYSTEM.dependencies,
        Dependency("ledger", "Ledger", stores=True),
        Dependency("bank", "Bank"),
    ),
    edges=(
        *contract.SYSTEM.edges,
        Edge("notes", "ledger", Protocol.TCP, Mode.SYNC, "it looks whether somebody paid", 100),
    ),
    entities=(*contract.SYSTEM.entities, Entity("payments", "ledger", BANK, BANK)),
)


if __name__ == "__main__":
    serve(Notes)
