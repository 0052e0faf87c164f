"""RSP001: nobody is told what the service is for."""

from __future__ import annotations

from dataclasses import replace

from tests.miniatures import contract
from tests.miniatures.keeps_its_promises import Notes, serve

SYSTEM = replace(
    contract.SYSTEM, services=(replace(contract.SYSTEM.services[0], responsibility=" "),)
)


if __name__ == "__main__":
    serve(Notes)
