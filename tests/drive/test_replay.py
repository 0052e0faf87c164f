"""What of a corpus is sent, in which order, and what is left out."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from seamwright.drive.cases.case import Case
from seamwright.drive.http import Driver
from seamwright.drive.replay import Budget, Replay, ReplayDrive
from seamwright.record.journal import JOURNAL, Journal
from seamwright.record.observation import CaseLabel, Purpose
from seamwright.record.redaction import Redactor
from tests.drive.small_server import SYSTEM, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLACES = (("a", "GET /one"), ("a", "GET /two"))


def _cases(place: tuple[str, str], count: int) -> list[Case]:
    path = place[1].partition(" ")[2]
    return [
        Case(
            CaseLabel(f"{path}-{number}", "a", place[1], Purpose.GENERATED, "", None, valid=True),
            "GET",
            f"{path}?n={number}",
        )
        for number in range(count)
    ]


class _Replayed:
    """Paths in the order in which they were asked, what was said, and the record's reasons."""

    def __init__(self, folder: Path, answering: Callable[[str, int], web.Response]) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self._folder = folder
        self._answering = answering

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.raw_path)
        return self._answering(request.raw_path, len(self.asked))

    def play(self, count: int, budget: Budget, *shares: int) -> int:
        """How many requests were sent; `shares`: of each endpoint, in goes before the last."""

        async def inside() -> int:
            journal = Journal(self._folder / "record", Redactor(frozenset()))
            async with serving(self._answer) as address:
                clock = asyncio.get_running_loop().time
                async with Driver(SYSTEM, {"a": address}, {}, journal, clock) as driver:
                    drive = ReplayDrive(driver, journal, clock, self.said.append)
                    cases = {one: _cases(one, count) for one in (*PLACES, ("b", "GET /three"))}
                    replay = Replay(drive, cases, budget)
                    for share in shares:
                        await replay.go(dict.fromkeys(PLACES, share))
                    await replay.go()
                    return replay.end()

        return asyncio.run(inside())

    def left_out(self) -> list[str]:
        """Why requests were left out, as the record has it."""
        lines = (self._folder / "record.partial" / JOURNAL).read_text().splitlines()
        return [one["reason"] for one in map(json.loads, lines) if "reason" in one]


def test_an_endpoint_is_asked_as_long_as_its_answers_are_new(tmp_path: Path) -> None:
    """The other goes on; a service that the subject lacks is not asked."""

    def answer(path: str, _: int) -> web.Response:
        number = int(path.partition("=")[2])
        return web.json_response({"key": 1} if path.startswith("/one") else {f"k{number}": 1})

    played = _Replayed(tmp_path, answer)
    sent = played.play(40, Budget(patience=8))
    ones = [path for path in played.asked if path.startswith("/one")]
    assert 16 == len(ones)
    assert 56 == sent == len(played.asked)
    (why,) = played.left_out()
    assert "24 generated requests of 1 endpoints left out: its last 8 answers" in why
    assert [f"a: {why}"] == played.said


def test_all_endpoints_take_turns(tmp_path: Path) -> None:
    """Nobody waits for the last endpoint until the first one has had all its requests."""
    played = _Replayed(tmp_path, lambda _, __: web.json_response({}))
    assert 32 == played.play(16, Budget(patience=None))
    assert {"/one", "/two"} == {path.partition("?")[0] for path in played.asked[:16]}


def test_the_budget_is_kept(tmp_path: Path) -> None:
    """And what it left out is told."""
    played = _Replayed(tmp_path, lambda _, __: web.json_response({}))
    assert 10 == played.play(40, Budget(cases=10, patience=None))
    assert [
        "70 generated requests of 2 endpoints left out: the budget of 10 requests was spent"
    ] == (played.left_out())


def test_nothing_is_sent_when_the_time_is_over(tmp_path: Path) -> None:
    """A bound of no seconds is one, too."""
    played = _Replayed(tmp_path, lambda _, __: web.json_response({}))
    assert 0 == played.play(4, Budget(seconds=0.0))
    assert "0 s were over" in played.left_out()[0]


def test_what_was_refused_is_sent_again(tmp_path: Path) -> None:
    """As late as the service asks for, in its place, and each is answered in the end."""

    def answer(path: str, asked: int) -> web.Response:
        if path.startswith("/one") and asked == 3:
            return web.json_response({}, status=429, headers={"Retry-After": "0"})
        return web.json_response({"n": path})

    played = _Replayed(tmp_path, answer)
    assert 13 == played.play(6, Budget(patience=None))
    assert 12 == len(set(played.asked))
    assert [] == played.left_out()


def test_a_service_that_refuses_on_and_on_is_left_alone(tmp_path: Path) -> None:
    """Not hammered, and no finding is made of it here."""

    def answer(path: str, _: int) -> web.Response:
        status = 429 if path.startswith("/one") else 200
        return web.json_response({}, status=status, headers={"Retry-After": "3600"})

    played = _Replayed(tmp_path, answer)
    played.play(8, Budget(patience=None))
    assert 8 == sum(path.startswith("/one") for path in played.asked)
    assert "it refuses too many requests" in played.left_out()[0]


def test_the_same_answers_lead_to_the_same_requests(tmp_path: Path) -> None:
    """However fast they come."""
    sets: list[set[str]] = []
    for name in ("a", "b"):
        played = _Replayed(tmp_path / name, lambda path, _: web.json_response({path[-1]: 1}))
        played.play(60, Budget(patience=8))
        sets.append(set(played.asked))
    assert sets[0] == sets[1]


def test_a_share_is_sent_first_and_the_rest_in_the_next_go(tmp_path: Path) -> None:
    """Each request once, in the order of the corpus; a share of nothing sends nothing."""
    played = _Replayed(tmp_path, lambda path, _: web.json_response({path: 1}))
    assert 40 == played.play(20, Budget(patience=None), 5, 0)
    ones = [int(path.partition("=")[2]) for path in played.asked if path.startswith("/one")]
    assert set(range(5)) == set(ones[:5])
    assert 10 == sum(path.rpartition("=")[2] in set("01234") for path in played.asked[:10])
    assert sorted(ones) == list(range(20))
    assert [] == played.left_out()


def test_what_was_learnt_in_one_go_holds_in_the_next(tmp_path: Path) -> None:
    """Five and a round of eight; were the first ones forgotten, it would be two rounds."""
    played = _Replayed(tmp_path, lambda _, __: web.json_response({}))
    assert 2 * (5 + 8) == played.play(40, Budget(patience=8), 5)


def test_a_refused_request_is_still_of_its_share(tmp_path: Path) -> None:
    """It is sent again in the same go, since the service said when."""

    def answer(path: str, asked: int) -> web.Response:
        if path.startswith("/one") and asked == 3:
            return web.json_response({}, status=429, headers={"Retry-After": "0"})
        return web.json_response({"n": path})

    played = _Replayed(tmp_path, answer)
    assert 13 == played.play(6, Budget(patience=None), 4)
    assert {f"/one?n={number}" for number in range(4)} <= set(played.asked[:9])
