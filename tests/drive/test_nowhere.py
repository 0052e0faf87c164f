"""A document whose paths begin elsewhere is told at once, and where."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from seamwright.drive.cases.case import Case
from seamwright.drive.http import Driver
from seamwright.drive.nowhere import NowhereProblem, demand_endpoints
from seamwright.record.journal import Journal
from seamwright.record.observation import CaseLabel, Purpose
from seamwright.record.redaction import Redactor
from tests.drive.small_server import SYSTEM, serving

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def _case(endpoint: str, target: str = "") -> Case:
    label = CaseLabel(endpoint, "a", endpoint, Purpose.WELL, "", request_id=None, valid=True)
    method, _, path = endpoint.partition(" ")
    return Case(label, method, target or path)


ONE, TWO, THING = _case("GET /one"), _case("POST /two"), _case("GET /things/{id}", "/things/1")
UNKNOWN = replace(_case("GET /no"), label=replace(_case("GET /no").label, endpoint=None))


def _seen(folder: Path, statuses: Mapping[str, int], *cases: Case) -> None:
    """Send the cases to a server with these paths, and see whether it has the endpoints."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response({}, status=statuses.get(request.path, 404))

    async def play() -> None:
        journal = Journal(folder / "record", Redactor(frozenset()))
        async with serving(answer) as address:
            clock = asyncio.get_running_loop().time
            async with Driver(SYSTEM, {"a": address}, {}, journal, clock) as driver:
                await demand_endpoints(driver, await driver.send_all(cases))

    asyncio.run(play())


def test_a_service_without_the_endpoints_is_told(tmp_path: Path) -> None:
    """Two that name no thing are needed; what they are told is in the message."""
    with pytest.raises(NowhereProblem) as raised:
        _seen(tmp_path, {}, ONE, TWO, THING, UNKNOWN)
    assert "404 to every request, to GET /one and POST /two too" == raised.value.seen
    assert raised.value.where.startswith("--url http://127.0.0.1:")
    assert raised.value.mend.startswith("give --url with the path")
    assert 2 == raised.value.exit_code


@pytest.mark.parametrize(("path", "status"), [("/api/one", 200), ("/api/v1/two", 403)])
def test_where_they_are_is_told(tmp_path: Path, path: str, status: int) -> None:
    """Below one of the usual paths; somebody who does not let in is there, too."""
    with pytest.raises(NowhereProblem) as raised:
        _seen(tmp_path, {path: status}, ONE, TWO)
    assert raised.value.mend.endswith(path.rpartition("/")[0])


@pytest.mark.parametrize(
    ("statuses", "cases"),
    [
        ({"/two": 405}, (ONE, TWO, THING)),
        ({"/things/1": 200}, (ONE, TWO, THING)),
        ({}, (ONE, THING)),
        ({"/no": 200}, (UNKNOWN,)),
    ],
)
def test_one_answer_is_enough(
    tmp_path: Path, statuses: Mapping[str, int], cases: tuple[Case, ...]
) -> None:
    """And where too few were asked that name no thing, 404 may be right."""
    _seen(tmp_path, statuses, *cases)
