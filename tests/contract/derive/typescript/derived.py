"""What is derived of each system, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.typescript import typescript
from tests.contract.derive.typescript.systems import SYSTEMS

if TYPE_CHECKING:
    from seamwright.contract import System


def derive(system: System, name: str) -> str:
    """The TypeScript of one service of a system."""
    service = system.service(name)
    assert service is not None
    return typescript(system, service)


DERIVED = {name: derive(system, service) for name, (system, service) in SYSTEMS.items()}
