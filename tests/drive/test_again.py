"""A finding is looked for once more, and made small, on a service that has a fault."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from seamwright.drive.again import Wanted, look_again
from seamwright.drive.cases.case import Case
from seamwright.drive.http import Driver
from seamwright.record.journal import JOURNAL, Journal
from seamwright.record.observation import CaseLabel, Exchange, Purpose, Request
from seamwright.record.redaction import Redactor
from tests.drive.small_server import SYSTEM, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.drive.small_server import Answering

LABEL = CaseLabel("c", "a", "GET /one", Purpose.GENERATED, "", None, valid=True)


def _is_broken(one: Exchange) -> str:
    assert one.case is not None
    assert Purpose.GENERATED is one.case.purpose
    broken = one.response is not None and one.response.status == 500
    return f"{one.id} is broken" if broken else ""


def _looked(
    folder: Path,
    answering: Answering,
    case: Case,
    shows: Callable[[Exchange], str] = _is_broken,
) -> tuple[dict[str, object], list[Request]]:
    """What the record says of it, and the requests that were sent."""
    request = Request(case.method, case.target, case.headers, case.body)
    first = Exchange("d0", "driver→a", 0, 1, request, None, "", case.label, "http://h")

    async def play() -> None:
        journal = Journal(folder / "record", Redactor(frozenset()))
        async with serving(answering) as address:
            moment = asyncio.get_running_loop().time
            async with Driver(SYSTEM, {"a": address}, {}, journal, moment) as driver:
                await look_again(driver, journal, [Wanted("f", first, shows)])

    asyncio.run(play())
    text = (folder / "record.partial" / JOURNAL).read_text()
    *asked, told = map(json.loads, text.splitlines())
    requests = [one["request"] for one in asked]
    return told, [
        Request(one["method"], one["target"], (), one["body"].encode()) for one in requests
    ]


def test_the_smallest_request_is_found(tmp_path: Path) -> None:
    """One member of a body breaks it; the rest of the request is left out."""

    async def answer(request: web.Request) -> web.StreamResponse:
        broken = b'"b": "bad"' in await request.read()
        return web.json_response({}, status=500 if broken else 200)

    body = json.dumps({"a": [1, 2, {"x": "y"}], "b": "bad", "c": "d"}).encode()
    case = Case(LABEL, "POST", "/one?p=1&q=2", (("x-a", "1"),), body)
    told, requests = _looked(tmp_path, answer, case)
    assert ("again", "f", True) == (told["kind"], told["finding"], told["shown"])
    assert f"{told['exchange']} is broken" == told["said"]
    smallest = requests[int(str(told["exchange"]).removeprefix("d")) - 1]
    assert ("/one", b'{"b": "bad"}') == (smallest.target, smallest.body)
    assert 41 >= len(requests)


def test_what_is_not_seen_again_is_told(tmp_path: Path) -> None:
    """It is not dropped, and nothing is made smaller."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({})

    told, requests = _looked(tmp_path, answer, Case(LABEL, "GET", "/one?p=1"))
    assert (False, "", "") == (told["shown"], told["exchange"], told["said"])
    assert 1 == len(requests)


def test_the_steps_are_bounded(tmp_path: Path) -> None:
    """A body of a thousand members that all matter costs forty requests."""

    async def answer(request: web.Request) -> web.StreamResponse:
        broken = (await request.read()).count(b":") == 1_000
        return web.json_response({}, status=500 if broken else 200)

    body = json.dumps({str(number): number for number in range(1_000)}).encode()
    told, requests = _looked(tmp_path, answer, Case(LABEL, "POST", "/one", (), body))
    assert told["shown"]
    assert 41 == len(requests)


def test_what_hangs_is_waited_for_once_more_and_not_made_smaller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step would take as long."""
    monkeypatch.setattr("seamwright.drive.http._DEADLINE_S", 0.2)

    async def answer(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(1)
        return web.json_response({})

    case = Case(LABEL, "GET", "/one?p=1&q=2", (("x-a", "1"),))
    told, requests = _looked(tmp_path, answer, case, lambda one: one.failure)
    assert (True, "TimeoutError: no answer within 0.2 s") == (told["shown"], told["said"])
    assert 1 == len(requests)
