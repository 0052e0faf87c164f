"""Random requests without end: worker processes draw them with one seed after another.

    wanted ─▶ take what is there, at once ─▶ little is left? a worker draws more meanwhile

Nobody waits for a worker: how many there are by now hangs on the machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from seamwright.drive.corpus.build import asked, ended, service_document, started

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seamwright.contract.system import System
    from seamwright.drive.cases.generated import GeneratedRequest
    from seamwright.drive.corpus.corpus import Place

_DRAWN = 40
"""Random cases of each mode that are drawn at a time."""

_LITTLE = 40
_WORKERS = 2


@dataclass(slots=True)
class _Endpoint:
    """What was drawn for one endpoint, and by which seed it goes on."""

    seed: int
    drawn: deque[GeneratedRequest] = field(default_factory=deque["GeneratedRequest"])
    asked: bool = False
    dry: bool = False


class Fresh:
    """Random requests of the endpoints of a contract; entered, it has its workers."""

    def __init__(self, system: System, places: Sequence[Place], seed: int) -> None:
        """Know the endpoints.

        Args:
            system: the contract set.
            places: the endpoints for which requests are drawn.
            seed: of the first draw; the corpus has its own, so that other requests are drawn.
        """
        self._system = system
        self._endpoints = {one: _Endpoint((seed + 1) * 1_000) for one in places}
        self._wanted: asyncio.Queue[Place] = asyncio.Queue()

    @property
    def places(self) -> tuple[Place, ...]:
        """The endpoints, in their order."""
        return tuple(self._endpoints)

    async def __aenter__(self) -> Self:
        """Start to draw."""
        for place in self._endpoints:
            self._ask(place)
        count = min(os.cpu_count() or 1, _WORKERS, max(len(self._endpoints), 1))
        self._workers = [asyncio.create_task(self._draw()) for _ in range(count)]
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the workers."""
        for one in self._workers:
            one.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    def take(self, place: Place, most: int) -> list[GeneratedRequest]:
        """What is there by now, at most so many."""
        one = self._endpoints[place]
        taken = [one.drawn.popleft() for _ in range(min(most, len(one.drawn)))]
        if len(one.drawn) < _LITTLE:
            self._ask(place)
        return taken

    def _ask(self, place: Place) -> None:
        one = self._endpoints[place]
        if not (one.asked or one.dry):
            one.asked = True
            self._wanted.put_nowait(place)

    async def _draw(self) -> None:
        """Draw for whoever wants it; a process that died or hangs is replaced."""
        process, told = await started(), ""
        try:
            while True:
                place = await self._wanted.get()
                one = self._endpoints[place]
                made = await asked(process, self._question(place, one, told))
                told = place[0]
                one.dry = not made
                one.drawn.extend(made or ())
                one.seed += 1
                one.asked = False
                if made is None:
                    await ended(process)
                    process, told = await started(), ""
        finally:
            with contextlib.suppress(ProcessLookupError):
                await ended(process)

    def _question(self, place: Place, one: _Endpoint, told: str) -> list[dict[str, object]]:
        name, endpoint = place
        service = self._system.service(name)
        method, _, path = endpoint.partition(" ")
        task: dict[str, object] = {"method": method, "path": path, "seed": one.seed}
        task |= {"random": _DRAWN, "scenarios": False}
        if told == name or service is None:
            return [task]
        return [{"document": service_document(self._system, service)}, task]
