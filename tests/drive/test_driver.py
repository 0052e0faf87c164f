"""What the harness sends, and what it makes of answers that do not come as they should."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import web

from seamwright.drive.cases.case import Case
from seamwright.drive.http import Driver
from seamwright.record.journal import JOURNAL, Journal
from seamwright.record.observation import CaseLabel, Purpose, header
from seamwright.record.redaction import Redactor
from tests.drive.small_server import SYSTEM, serving

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from seamwright.record.observation import Exchange
    from tests.drive.small_server import Answering

_MEGABYTE = 1 << 20


def _label(endpoint: str) -> CaseLabel:
    return CaseLabel(endpoint, "a", endpoint, Purpose.WELL, "", request_id=None, valid=True)


def _case(target: str, method: str = "GET", body: bytes = b"", **headers: str) -> Case:
    label = CaseLabel(target, "a", None, Purpose.BAD, "", request_id=None, valid=False)
    return Case(label, method, target, tuple(headers.items()), body)


def _sent(
    folder: Path, answering: Answering, cases: Sequence[Case], *, at_once: bool = False
) -> list[Exchange]:
    """What came of the cases, one after the other or all at once."""

    async def play() -> list[Exchange]:
        journal = Journal(folder / "record", Redactor(frozenset()))
        async with serving(answering) as address:
            moment = asyncio.get_running_loop().time
            async with Driver(SYSTEM, {"a": address}, {}, journal, moment) as driver:
                if at_once:
                    return await driver.send_all(cases)
                return [await driver.send(one) for one in cases]

    return asyncio.run(play())


def test_a_request_goes_out_as_the_case_says(tmp_path: Path) -> None:
    """No path is tidied, no content type added, no cookie kept, and no redirect followed."""
    seen: list[tuple[str, str, bytes, dict[str, str]]] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        seen.append((request.method, request.raw_path, body, dict(request.headers)))
        answered = web.json_response({}, status=307, headers={"Location": "/elsewhere"})
        answered.set_cookie("c", "1")
        return answered

    cases = [_case("/a/../b%2F?x=%41", "POST", b"{}"), _case("/n", "DELETE", x="é")]
    made = _sent(tmp_path, answer, cases)
    assert [("POST", "/a/../b%2F?x=%41", b"{}"), ("DELETE", "/n", b"")] == [one[:3] for one in seen]
    names = [{name.lower() for name in one[3]} for one in seen]
    assert not any({"content-type", "cookie"} & one for one in names)
    assert [307, 307] == [one.response.status for one in made if one.response]
    told = made[0].request.headers if made[0].request else ()
    assert "2" == header(told, "content-length")
    assert "seamwright" == header(told, "user-agent")


def test_a_closed_connection_is_tried_once_more_on_a_fresh_one(tmp_path: Path) -> None:
    """A server may close a kept-alive connection whenever it likes."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        if request.path == "/drops" and asked.count("/drops") == 1 and request.transport:
            request.transport.abort()
        return web.json_response({})

    made = _sent(tmp_path, answer, [_case("/one"), _case("/drops", "POST")])
    assert ["/one", "/drops", "/drops"] == asked
    assert [200, 200] == [one.response.status for one in made if one.response]


def test_a_service_that_never_answers_is_told(tmp_path: Path) -> None:
    """Also on a fresh connection nothing came."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.transport:
            request.transport.abort()
        return web.json_response({})

    (made,) = _sent(tmp_path, answer, [_case("/one")])
    assert made.response is None
    assert made.failure.partition(":")[0] in {"ServerDisconnectedError", "ClientOSError"}
    lines = (tmp_path / "record.partial" / JOURNAL).read_text().splitlines()
    assert made.failure == json.loads(lines[0])["failure"]


def test_an_endless_answer_is_cut_off(tmp_path: Path) -> None:
    """At a mebibyte; the next request is answered all the same."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/small":
            return web.json_response({})
        flowing = web.StreamResponse()
        await flowing.prepare(request)
        while True:
            await flowing.write(b"x" * 65_536)

    made = _sent(tmp_path, answer, [_case("/endless"), _case("/small")])
    answers = [one.response for one in made if one.response]
    assert [(True, _MEGABYTE), (False, 2)] == [(one.truncated, len(one.body)) for one in answers]


def test_a_stream_that_goes_on_is_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far as it came; one of events is left after a moment."""
    monkeypatch.setattr("seamwright.drive.http._DEADLINE_S", 0.4)
    monkeypatch.setattr("seamwright.drive.attempt._OF_EVENTS_S", 0.1)

    async def answer(request: web.Request) -> web.StreamResponse:
        kind = "text/event-stream" if request.path == "/events" else "text/plain"
        flowing = web.StreamResponse(headers={"Content-Type": kind})
        await flowing.prepare(request)
        await flowing.write(b"data: x")
        await asyncio.sleep(1)
        return flowing

    events, lines = _sent(tmp_path, answer, [_case("/events"), _case("/lines")])
    for one in (events, lines):
        assert one.response is not None
        assert (b"data: x", True, "") == (one.response.body, one.response.truncated, one.failure)
    assert events.ended_s - events.began_s < 0.4 <= lines.ended_s - lines.began_s


def test_what_hangs_is_told_and_soon_not_waited_for_so_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An endpoint, not its neighbours; half of an answer that tells its length hangs too."""
    monkeypatch.setattr("seamwright.drive.http._DEADLINE_S", 0.4)
    monkeypatch.setattr("seamwright.drive.http._SHORT_S", 0.1)

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/half":
            half = web.StreamResponse(headers={"Content-Length": "9"})
            await half.prepare(request)
            await half.write(b"half")
        await asyncio.sleep(1 if request.path != "/slow" else 0.2)
        return web.json_response({})

    hangs = [replace(_case("/hangs"), label=_label("GET /hangs"))] * 3
    others = [_case("/half"), replace(_case("/slow"), label=_label("GET /slow"))]
    made = _sent(tmp_path, answer, [*hangs, *others])
    waited = "TimeoutError: no answer within 0.4 s"
    early = "given up: no answer within 0.1 s; 0.4 s were waited before, 2 times and more"
    half = "TimeoutError: 4 of 9 bytes within 0.4 s"
    assert [waited, waited, early, half, ""] == [one.failure for one in made]
    assert [True, True, False, True, False] == [one.hung for one in made]


def test_an_answer_that_breaks_off_is_told(tmp_path: Path) -> None:
    """It began, so that it is not sent again."""

    async def answer(request: web.Request) -> web.StreamResponse:
        half = web.StreamResponse(headers={"Content-Length": "9"})
        await half.prepare(request)
        await half.write(b"half")
        if request.transport:
            request.transport.close()
        return half

    (made,) = _sent(tmp_path, answer, [_case("/one")])
    assert (None, 1, "broken off") == (made.response, made.tries, made.failure.partition(":")[0])


def test_a_false_encoding_is_no_answer(tmp_path: Path) -> None:
    """What says that it is gzip and is not cannot be read."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=b"no gzip", headers={"Content-Encoding": "gzip"})

    (made,) = _sent(tmp_path, answer, [_case("/one")])
    assert made.response is None
    assert made.failure


def test_answers_have_the_order_of_their_cases(tmp_path: Path) -> None:
    """However many are under way; no more than eight at a time."""
    under_way: list[int] = [0, 0]

    async def answer(request: web.Request) -> web.StreamResponse:
        under_way[0] += 1
        under_way[1] = max(under_way)
        await asyncio.sleep(0)
        under_way[0] -= 1
        return web.json_response({"at": request.path})

    cases = [_case(f"/{number}") for number in range(50)]
    made = _sent(tmp_path, answer, cases, at_once=True)
    assert [one.label.id for one in cases] == [one.case.id for one in made if one.case]
    assert [f"d{number}" for number in range(1, 51)] == [one.id for one in made]
    assert 8 >= under_way[1]
