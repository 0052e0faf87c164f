"""Misuse is sent as a whole, and as far as it is let."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from aiohttp import web

from seamwright.contract import Credential
from seamwright.drive.cases.misuse.cases import misuse_cases
from seamwright.drive.http import Driver
from seamwright.drive.misuse import drive_misuse
from seamwright.record.observation import Purpose
from tests.drive.small_server import serving
from tests.miniatures.contract import SYSTEM

if TYPE_CHECKING:
    from seamwright.drive.stage import Stage
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Exchange

GUARDED = replace(
    SYSTEM,
    credentials=(Credential("owner"),),
    services=tuple(
        replace(
            service,
            endpoints=tuple(replace(one, credentials=("owner",)) for one in service.endpoints),
        )
        for service in SYSTEM.services
    ),
)


class Heap(list["Exchange"]):
    """A journal in memory; `rested_s` is how long the drive went on after its last exchange."""

    rested_s = 0.0


def _told(text: str) -> None:
    del text


def _driven(*, safe_only: bool, status: int = 404) -> Heap:
    """What was sent to a server that answers everything with one status."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        return web.json_response({}, status=status)

    def is_let(method: str) -> bool:
        return not safe_only or method == "GET"

    async def play() -> Heap:
        heap = Heap()
        clock = asyncio.get_running_loop().time
        async with serving(answer) as address:
            addresses = {"notes": address}
            stage = SimpleNamespace(
                system=GUARDED,
                addresses=lambda: addresses,
                running=SimpleNamespace(credentials={"owner": "s3cret"}),
                journal=heap,
                clock=clock,
                headers=(),
                say=_told,
            )
            journal = cast("Journal", cast("Any", heap))
            async with Driver(GUARDED, addresses, {"owner": "s3cret"}, journal, clock) as driver:
                # Only these few things of a stage are asked for.
                of_stage = cast("Stage", cast("Any", stage))
                await drive_misuse(of_stage, driver, is_let, safe_only=safe_only)
                heap.rested_s = clock() - heap[-1].ended_s
        return heap

    return asyncio.run(play())


def test_a_client_can_send_every_case() -> None:
    """What a library refuses to send proves nothing of the service."""
    sent = [one for one in _driven(safe_only=False) if one.case]
    assert [] == [one.failure for one in sent if one.failure.startswith(("ValueError", "Invalid"))]
    ordinary = [one for one in sent if one.case and one.case.purpose is Purpose.MISUSE]
    assert len(misuse_cases(GUARDED)) + 1 == len(ordinary)
    assert any(one.case and one.case.purpose is Purpose.RAW for one in sent)


def test_what_changes_state_is_left_out_where_it_must_be() -> None:
    """Raw requests too."""
    sent = [one.request.method for one in _driven(safe_only=True) if one.request]
    assert {"GET", "HEAD", "PRI", ""} == set(sent)


def test_who_refused_too_much_is_left_alone_for_a_window() -> None:
    """So that the drives that follow begin afresh."""
    window_s = 1.0
    assert _driven(safe_only=True, status=429).rested_s >= window_s
    assert _driven(safe_only=True, status=404).rested_s < window_s
