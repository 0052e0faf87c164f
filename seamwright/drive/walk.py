"""Walks the life of things and through the pages of lists, several at once.

    create ▶ read ▶ read ▶ change ▶ read ▶ delete ▶ read, change     once the thing is gone
    page ▶ next page ▶ … ▶ the page that names no next one

All exchanges of one walk carry the same reason, so that the record shows what belongs together.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from seamwright.drive.cases.case import step_case
from seamwright.drive.cases.template import TemplateProblem
from seamwright.drive.cases.walk import pages, walks
from seamwright.drive.journey import answered_data, value_at
from seamwright.drive.retry_after import retry_after_s
from seamwright.record.observation import Purpose, Unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seamwright.contract.system import System
    from seamwright.drive.cases.conformance import Conformance
    from seamwright.drive.cases.step import Step
    from seamwright.drive.cases.walk import Pages, Walk
    from seamwright.drive.http import Driver
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Exchange

_AT_ONCE = 3
"""Walks of one kind that are under way together."""

_LEFT_STANDING = 5
"""Things that stay until the pages were walked, so that there is more than one page of them."""

_MOST_PAGES = 60
_PATIENCE_S = 15.0
_FIRST_ERROR = 400


@dataclass(frozen=True, slots=True)
class WalkDrive:
    """What walking needs to know; `kept` are the values that the journey kept."""

    system: System
    driver: Driver
    journal: Journal
    say: Callable[[str], None]
    kept: Mapping[str, str]


async def drive_walks(drive: WalkDrive, conformance: Conformance) -> None:
    """Walk every thing and every list; first some things stay, for the lists to show."""
    found = [
        one
        for one in walks(drive.system, conformance.journey, conformance.walks, drive.kept)
        if drive.driver.reaches(one.create.service)
    ]
    listed = [one for one in pages(drive.system) if drive.driver.reaches(one.step.service)]
    standing = [
        _Walker(drive, f"{one.name}, walk {number}")
        for one in found
        for number in range(_AT_ONCE + 1, _AT_ONCE + 1 + _LEFT_STANDING)
    ]
    of_each = [one for one in found for _ in range(_LEFT_STANDING)]
    await asyncio.gather(
        *(walker.create(one) for walker, one in zip(standing, of_each, strict=True))
    )
    lives = [
        _Walker(drive, f"{one.name}, walk {number}").whole(one)
        for one in found
        for number in range(1, _AT_ONCE + 1)
    ]
    turning = [
        _Walker(drive, f"pages of {one.name}, walk {number}").turn(one)
        for one in listed
        for number in range(1, _AT_ONCE + 1)
    ]
    await asyncio.gather(*lives, *turning)
    await asyncio.gather(
        *(walker.delete(one) for walker, one in zip(standing, of_each, strict=True))
    )
    await _read_twice(drive, conformance)


async def _read_twice(drive: WalkDrive, conformance: Conformance) -> None:
    """Every read of the journey twice, now that nobody writes."""
    for step in conformance.journey:
        service = drive.system.service(step.service)
        endpoint = service.endpoint(step.endpoint) if service else None
        if endpoint is None or endpoint.method != "GET" or not endpoint.reads:
            continue
        if drive.driver.reaches(step.service):
            walker = _Walker(drive, f"twice {step.service} {step.endpoint}")
            await walker.twice(replace(step, keep={}))


class _Walker:
    """One walk, with the values that it keeps for itself."""

    def __init__(self, drive: WalkDrive, reason: str) -> None:
        self._drive = drive
        self._reason = reason
        self._kept = dict(drive.kept)
        self._count = 0

    async def create(self, walk: Walk) -> Exchange | None:
        """Make the thing."""
        return await self._send(walk.create)

    async def delete(self, walk: Walk) -> Exchange | None:
        """Take it away."""
        return await self._send(walk.delete)

    async def whole(self, walk: Walk) -> None:
        """The whole life; where nothing was created, nothing else is asked."""
        if not _succeeded(await self.create(walk)):
            return
        await self._send(walk.read)
        await self._send(walk.read)
        await self._send(walk.change)
        await self._send(walk.read)
        if _succeeded(await self.delete(walk)):
            await self._send(walk.read)
            await self._send(walk.change)

    async def twice(self, step: Step) -> None:
        """The same, and once more."""
        await self._send(step)
        await self._send(step)

    async def turn(self, listed: Pages) -> None:
        """Every page from the first on."""
        size = await self._size(listed)
        query = dict(listed.step.query)
        if size:
            query[listed.size] = str(size)
        for _ in range(_MOST_PAGES):
            exchange = await self._send(replace(listed.step, query=query))
            if not _succeeded(exchange):
                break
            following = _field(self._drive.system, listed.step, exchange, listed.following)
            if not isinstance(following, str) or not following:
                return
            query = {**query, listed.cursor: following}
        self._drive.journal.append(Unseen(self._reason, f"no end within {_MOST_PAGES} pages"))

    async def _size(self, listed: Pages) -> int:
        """How long pages are to be, so that there are about four; 0 where that cannot be asked."""
        if not listed.size:
            return 0
        most = listed.most or _MOST_PAGES
        asked = replace(listed.step, query={**listed.step.query, listed.size: str(most)})
        told, self._reason = self._reason, f"how many: {self._reason}"
        exchange = await self._send(asked)
        self._reason = told
        if _field(self._drive.system, asked, exchange, listed.following):
            return most
        return max(1, _longest_list(self._drive.system, asked, exchange) // 4)

    async def _send(self, step: Step | None) -> Exchange | None:
        """Send a step, once more if it was refused as one too many; None where it is not made."""
        if step is None:
            return None
        exchange: Exchange | None = None
        for _ in range(2):
            self._count += 1
            id_ = "".join(one if one.isalnum() else "-" for one in self._reason)
            id_ = f"walk-{id_}-{self._count}"
            try:
                case = step_case(
                    self._drive.system, step, self._kept, id_, Purpose.WALK, self._reason
                )
            except TemplateProblem as problem:
                self._drive.say(f"left out {self._reason}: {problem.seen} was not kept")
                return None
            exchange = await self._drive.driver.send(case)
            wait_s = retry_after_s(exchange.response)
            if wait_s is None or wait_s > _PATIENCE_S:
                break
            await asyncio.sleep(wait_s)
        data = answered_data(self._drive.system, step, exchange) if exchange else None
        for name, pointer in step.keep.items():
            value = value_at(data, pointer)
            if isinstance(value, str | int):
                self._kept[name] = str(value)
        return exchange


def _succeeded(exchange: Exchange | None) -> bool:
    answer = exchange.response if exchange else None
    return answer is not None and answer.status < _FIRST_ERROR


def _field(system: System, step: Step, exchange: Exchange | None, name: str) -> object:
    data = answered_data(system, step, exchange) if exchange else None
    return cast("dict[str, object]", data).get(name) if isinstance(data, dict) else None


def _longest_list(system: System, step: Step, exchange: Exchange | None) -> int:
    data = answered_data(system, step, exchange) if exchange else None
    values = cast("dict[str, object]", data).values() if isinstance(data, dict) else ()
    return max(
        (len(cast("list[object]", one)) for one in values if isinstance(one, list)), default=0
    )
