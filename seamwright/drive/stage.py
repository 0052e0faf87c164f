"""Where drives are played, and what all of them begin with."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import httpx

from seamwright.drive.cases.step import Step
from seamwright.drive.http import Driver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seamwright.contract.system import System
    from seamwright.drive.cases.conformance import Conformance
    from seamwright.drive.subject.boot import Booted
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Headers

_STEADY_S = 10.0
_STEP_S = 0.02


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the drives are played: a contract, a booted subject, and what is given from outside.

    Attributes:
        system: the contract set.
        running: the booted subject.
        journal: where all that is seen goes.
        clock: monotonic seconds.
        say: tells progress.
        headers: sent with every request, names in lower case.
    """

    system: System
    running: Booted
    journal: Journal
    clock: Callable[[], float]
    say: Callable[[str], None]
    headers: Headers = ()

    def addresses(self) -> dict[str, str]:
        """Service → `host:port`, of those that the subject has."""
        boxes = self.running.deployment.plan.boxes
        return {one.name: boxes[one.name] for one in self.system.services if one.name in boxes}

    def driver(self) -> Driver:
        """The harness as a caller, to be entered; one a run, as it numbers its exchanges."""
        return Driver(
            self.system,
            self.addresses(),
            self.running.credentials,
            self.journal,
            self.clock,
            self.headers,
        )


def whole_journey(system: System, conformance: Conformance) -> list[Step]:
    """The team's journey, and what it leaves out and the contract alone can ask."""
    walked = {(one.service, one.endpoint) for one in conformance.journey}
    rest = [
        Step(service.name, endpoint.id)
        for service in system.services
        for endpoint in service.endpoints
        if (service.name, endpoint.id) not in walked
        and endpoint.method == "GET"
        and not endpoint.parameters
        and (endpoint.query is None or not endpoint.query.model_json_schema().get("required"))
    ]
    return [*conformance.journey, *rest]


async def until_steady(system: System, addresses: Mapping[str, str]) -> None:
    """Wait until every service says that it is at its best; go on after ten seconds all the same.

    Whoever is still unwell then is found so by the drives.
    """
    asked = [
        (f"http://{addresses[one.name]}{one.health.path}", one.health.statuses[0])
        for one in system.services
        if one.health and one.name in addresses
    ]
    async with httpx.AsyncClient(timeout=_STEADY_S, trust_env=False) as client:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STEADY_S):
                for url, best in asked:
                    while not await _is(client, url, best):
                        await asyncio.sleep(_STEP_S)


async def _is(client: httpx.AsyncClient, url: str, status: str) -> bool:
    try:
        body: object = (await client.get(url)).json()
    except (httpx.HTTPError, ValueError, RecursionError):
        return False
    return isinstance(body, dict) and cast("dict[str, object]", body).get("status") == status
