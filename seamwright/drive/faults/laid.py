"""A fault that is lifted whatever happens."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from seamwright.record.encoding import FaultLaid, FaultLifted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from seamwright.drive.edges.proxy import Proxies
    from seamwright.drive.faults.fault import Fault
    from seamwright.record.journal import Journal


@contextmanager
def laid(
    fault: Fault,
    edge: str,
    proxies: Proxies,
    journal: Journal,
    clock: Callable[[], float],
    id_: str,
) -> Generator[None]:
    """Lay a fault for as long as the block runs; both moments go into the record."""
    fault.lay(edge, proxies)
    journal.append(FaultLaid(id=id_, edge=edge, fault=fault.name, at_s=clock()))
    try:
        yield
    finally:
        fault.lift(edge, proxies)
        journal.append(FaultLifted(id=id_, at_s=clock()))
