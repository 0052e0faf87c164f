"""Requests that are made in this process, of one endpoint of a contract set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.drive.cases.breadth import breadth_first, minimised
from seamwright.drive.corpus.build import service_document
from seamwright.drive.corpus.generator import Generator

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.drive.cases.generated import Amount, GeneratedRequest


def made_requests(
    system: System, service: str, endpoint: str, amount: Amount
) -> tuple[GeneratedRequest, ...]:
    """As a worker makes them."""
    found = system.service(service)
    assert found is not None
    method, _, path = endpoint.partition(" ")
    made = Generator(service_document(system, found)).requests(method, path, amount)
    return tuple(breadth_first(minimised(made)))
