"""Faults that come and go by chance, on several edges at once.

Which fault, how long it lies and how long it is calm are drawn from one seed for each edge, so that
a storm is the same again, as far as the machine is.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.drive.faults.laid import laid

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence

    from seamwright.drive.edges.proxy import Proxies
    from seamwright.drive.faults.fault import Fault
    from seamwright.record.journal import Journal


@dataclass(frozen=True, slots=True)
class Storm:
    """What may break, and for how long.

    Attributes:
        seed: of all that is drawn.
        faults: edge → the faults that it may have, one at a time.
        lasts_s: the shortest and the longest time that a fault lies.
        calm_s: the same, of the time between two.
    """

    seed: int
    faults: Mapping[str, Sequence[Fault]]
    lasts_s: tuple[float, float] = (0.2, 1.2)
    calm_s: tuple[float, float] = (0.1, 1.0)

    def gusts(self, edge: str) -> Iterator[tuple[float, Fault, float]]:
        """For one edge without end: how long it is calm, then which fault lies, and how long."""
        chance = random.Random(f"{self.seed} {edge}")  # noqa: S311 - chance, not a secret
        while True:
            calm_s = chance.uniform(*self.calm_s)
            yield calm_s, chance.choice(self.faults[edge]), chance.uniform(*self.lasts_s)


@asynccontextmanager
async def raging(
    storm: Storm, proxies: Proxies, journal: Journal, clock: Callable[[], float]
) -> AsyncGenerator[None]:
    """Let it rage for as long as the block runs; no fault is left afterwards.

    Raises:
        ProxyProblem: when a fault cannot be laid or lifted.
    """

    async def rage(edge: str) -> None:
        for number, (calm_s, fault, lasts_s) in enumerate(storm.gusts(edge), 1):
            await asyncio.sleep(calm_s)
            with laid(fault, edge, proxies, journal, clock, f"storm-{edge}-{number}"):
                await asyncio.sleep(lasts_s)

    tasks = [asyncio.create_task(rage(edge)) for edge in storm.faults]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for one in ended:
        if isinstance(one, Exception):
            raise one
