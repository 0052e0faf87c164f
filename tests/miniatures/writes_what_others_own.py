"""OWN001: an endpoint writes an entity that the matrix lets another write."""

from __future__ import annotations

from dataclasses import replace

from seamwright.contract import Dependency, Entity
from tests.miniatures import contract
from tests.miniatures.keeps_its_promises import Notes, serve

SYSTEM = replace(
    contract.SYSTEM,
    dependencies=(*contract.SYSTEM.dependencies, Dependency("scribe", "Scribe")),
    entities=(Entity("notes", "disk", contract.NOTES, writers=frozenset({"scribe"})),),
)


if __name__ == "__main__":
    serve(Notes)
