"""Misuse of every service by raw bytes, then by an ordinary client; then it is asked well."""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.cases import afterwards, misuse_cases
from seamwright.drive.cases.misuse.raw_cases import raw_cases
from seamwright.drive.raw import drive_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.drive.http import Driver
    from seamwright.drive.stage import Stage
    from seamwright.record.observation import Exchange

_TOO_MANY = 429
_LONGEST_S = 12.0


async def drive_misuse(
    stage: Stage, driver: Driver, is_let: Callable[[str], bool], *, safe_only: bool
) -> None:
    """Send all misuse with methods that are let; what is not let changes the state of others."""
    hung = frozenset(driver.hung)
    cases = [one for one in misuse_cases(stage.system, hung) if is_let(one.method)]
    raw = raw_cases(stage.system, hung)
    if safe_only:
        raw = tuple(one for one in raw if all(_is_read(each.method) for each in one.requests))
    began_s = stage.clock()
    stage.say(f"misusing every service: {len(cases)} requests and {len(raw)} connections")
    # Raw first: there are fewer of them, and a service may soon say that it is too much.
    await drive_raw(stage, raw)
    for one in chain.from_iterable(case.requests for case in raw):
        driver.count(one.label)
    exchanges = await driver.send_all(cases)
    exchanges += await driver.send_all(afterwards(stage.system, hung))
    await _forgotten(stage, exchanges)
    stage.say(f"misused every service in {stage.clock() - began_s:.1f} s")


async def _forgotten(stage: Stage, exchanges: list[Exchange]) -> None:
    """Wait for a window of those who refused what was too much: later drives begin afresh."""
    refused = {
        one.case.service
        for one in exchanges
        if one.case and one.response and one.response.status == _TOO_MANY
    }
    windows_s = [
        endpoint.rate_limit.counts_s
        for service in stage.system.services
        for endpoint in service.endpoints
        if service.name in refused and endpoint.rate_limit
    ]
    if windows_s:
        await asyncio.sleep(min(max(windows_s), _LONGEST_S))


def _is_read(method: str) -> bool:
    """Whether a raw request changes nothing; what names no method does not."""
    return method in ("", "GET", "HEAD", "PRI")
