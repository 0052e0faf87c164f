"""Random requests come as they are drawn, each seed another one."""

from __future__ import annotations

import asyncio

from seamwright.drive.cases.generated import FUZZING, Amount, GeneratedRequest
from seamwright.drive.corpus.fresh import Fresh
from tests.drive.corpus.made import made_requests
from tests.miniatures.contract import SYSTEM as NOTES

PLACES = [(one.name, each.id) for one in NOTES.services for each in one.endpoints]


def test_random_requests_alone_are_drawn() -> None:
    """No scenario that the corpus has anyway, and none twice within a draw."""
    service, endpoint = PLACES[0]
    made = made_requests(NOTES, service, endpoint, Amount(5, 77, scenarios=False))
    assert {FUZZING} == {one.scenario for one in made}
    assert len(made) == len({(one.method, one.target, one.headers, one.body) for one in made})


def test_they_come_meanwhile() -> None:
    """Nothing is there at once, and nobody waits for it; later there is, of every endpoint."""

    async def inside() -> dict[tuple[str, str], list[GeneratedRequest]]:
        drawn: dict[tuple[str, str], list[GeneratedRequest]] = {}
        async with Fresh(NOTES, PLACES, 0) as fresh:
            assert tuple(PLACES) == fresh.places
            assert [] == fresh.take(PLACES[0], 4)
            async with asyncio.timeout(60):
                while len(drawn) < len(PLACES):
                    await asyncio.sleep(0.02)
                    drawn |= {one: taken for one in PLACES if (taken := fresh.take(one, 3))}
        return drawn

    drawn = asyncio.run(inside())
    assert set(PLACES) == set(drawn)
    assert {FUZZING} == {one.scenario for taken in drawn.values() for one in taken}
