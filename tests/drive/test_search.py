"""A search keeps what is new, shown twice and small, and nothing that a gate sends anyway."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

from aiohttp import web

from seamwright.contract import Endpoint, Message, Service, System
from seamwright.drive.cases.generated import GeneratedRequest
from seamwright.drive.corpus.fresh import Fresh
from seamwright.drive.http import Driver
from seamwright.drive.knowledge import Knowledge
from seamwright.drive.search import MOST_KEPT, SearchDrive, search, whole
from seamwright.record.journal import NoLines
from tests.drive.small_server import Nothing, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.drive.corpus.found import Found


class Thing(Message):
    """What is sent."""

    n: int


SYSTEM = System(
    "small",
    (
        Service(
            "a",
            "A",
            "Answers.",
            (Endpoint("POST", "/things", "Make it.", Nothing, "it is there", request=Thing),),
        ),
    ),
)
PLACE = ("a", "POST /things")
SEED = GeneratedRequest(
    positive=True,
    scenario="",
    place="",
    method="POST",
    target="/things",
    headers=(("content-type", "application/json"),),
    body=b'{"n": 1, "note": "a long text that is no matter"}',
)


@dataclass
class _Searched:
    """A search against a function that answers; its random requests are none, all are mutated."""

    answering: Callable[[Any, int], web.Response]
    known: Knowledge = field(default_factory=Knowledge)
    kept: list[Found] = field(default_factory=list["Found"])
    asked: int = 0
    is_gone: bool = False

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        try:
            body = json.loads(await request.read())
        except ValueError:
            body = None
        answer = self.answering(body, self.asked)
        if self.is_gone and request.transport is not None:
            request.transport.abort()
        return answer

    def run(self, most: int) -> None:
        """Search until so many are sent."""
        self.known.keep(PLACE, SEED)

        async def inside() -> None:
            clock = asyncio.get_running_loop().time
            async with serving(self._answer) as address:
                driver = Driver(SYSTEM, {"a": address}, {}, NoLines(), clock)
                drive = SearchDrive(
                    SYSTEM,
                    driver,
                    random.Random(0).randrange,
                    clock,
                    self.kept.append,
                    lambda: None,
                    lambda _: True,
                )
                async with driver:
                    # Not entered: nobody draws for it.
                    await search(drive, self.known, Fresh(SYSTEM, [PLACE], 0), most)

        asyncio.run(inside())


def _number(body: Any) -> object:
    told = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    return told.get("n")


def test_what_is_new_is_kept_small() -> None:
    """One request for a behaviour; what does not matter to it is left out, and words say it."""

    def answer(body: Any, _: int) -> web.Response:
        if _number(body) == 2**31:
            return web.json_response({"trace": "x"}, status=500)
        return web.json_response({}, status=422)

    searched = _Searched(answer)
    searched.run(1_500)
    kept = {one.showed: one for one in searched.kept}
    assert {"422 application/json", "500 application/json, 500 /trace: text"} == set(kept)
    fault = kept["500 application/json, 500 /trace: text"]
    assert {"n": 2**31} == json.loads(fault.request.body)
    assert PLACE == (fault.service, fault.endpoint)
    assert () == fault.request.headers
    assert searched.kept == searched.known.found
    assert 3 == searched.known.new
    assert searched.asked == searched.known.sent


def test_what_comes_and_goes_is_not_kept() -> None:
    """An answer that is not given a second time is counted, and that is all."""

    def answer(_: Any, asked: int) -> web.Response:
        return web.json_response({}, status=503 if asked == 30 else 200)

    searched = _Searched(answer)
    searched.run(100)
    assert ["200 application/json"] == [one.showed for one in searched.kept]
    assert 1 == searched.known.fleeting


def test_what_a_gate_sends_is_not_kept() -> None:
    """It is the state that has changed."""
    searched = _Searched(lambda _, __: web.json_response({}))
    small = GeneratedRequest(positive=True, scenario="", place="", method="POST", target="/things")
    searched.known.usual.add(whole(small))
    searched.run(60)
    assert ([], 1) == (searched.kept, searched.known.fleeting)


def test_what_answers_ever_new_things_is_left_in_the_end() -> None:
    """So many requests of an endpoint are enough."""

    def answer(body: Any, _: int) -> web.Response:
        kind = f"text/x{crc32(str(body).encode()) % 10_000}"
        return web.json_response({}, content_type=kind)

    searched = _Searched(answer)
    searched.run(3_000)
    assert MOST_KEPT == len(searched.kept)
    assert searched.known.left


def test_a_refusal_is_waited_for_and_shows_nothing() -> None:
    """No request is sent before the service lets one, and 429 is nothing new."""

    def answer(_: Any, asked: int) -> web.Response:
        limited = asked <= 8
        return web.json_response({}, status=429 if limited else 200, headers={"Retry-After": "0"})

    searched = _Searched(answer)
    searched.run(40)
    assert ["200 application/json"] == [one.showed for one in searched.kept]


def test_a_search_ends_where_nobody_answers() -> None:
    """The requests that were under way when the service went are kept, and it is silent."""

    def answer(body: Any, _: int) -> web.Response:
        if _number(body) == 2**31:
            searched.is_gone = True
        return web.json_response({})

    searched = _Searched(answer)
    searched.run(20_000)
    assert {"a"} == searched.known.silent
    kept = [one for one in searched.kept if one.showed.startswith("no answer")]
    assert kept
    assert any(json.loads(one.request.body).get("n") == 2**31 for one in kept)
