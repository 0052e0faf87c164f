"""The queue of enrichments over a SQLite and a clock that is told: each is worked off once."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from contracts.web_messages import Prospect
from reference_impl.box.log import Log
from reference_impl.refusal import Refusal
from reference_impl.worker import enrichment_store
from reference_impl.worker.cached_table import Found
from reference_impl.worker.cron_enrichment import EnrichmentJob
from reference_impl.worker.enrichment import Finding
from reference_impl.worker.enrichment_wake import EnrichmentWake
from reference_impl.worker.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from contracts.worker_messages import CronReport, EnrichmentType
    from reference_impl.worker.cached_table import CachedTable
    from reference_impl.worker.d1 import D1, Row, Statement
    from reference_impl.worker.enrichment import Enricher

CLAIM_S = 60.0
_STAMP = "2026-01-01T00:00:00.000Z"
_SITE = "https://acme.example"


class Killed(BaseException):
    """The worker is gone in the midst of it."""


@dataclass(slots=True)
class Desk:
    """Everything the job has to do with.

    Attributes:
        now: this moment.
        well: whether the external API answers.
        known: the prospects that there are; None when nobody can say.
        copied: whether they are from the copy, in which some may be missing.
        asked: whom the API was asked about.
        deadly: whether the worker is killed as soon as it asks.
        meanwhile: what else happens while the API thinks, after it has made up its mind.
    """

    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    well: bool = True
    known: frozenset[str] | None = frozenset("abc")
    copied: bool = False
    asked: list[str] = field(default_factory=list[str])
    deadly: bool = False
    meanwhile: Callable[[], Awaitable[None]] = field(default=lambda: asyncio.sleep(0))
    database: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def __post_init__(self) -> None:
        """Make the tables."""
        self.database.row_factory = sqlite3.Row
        for sql in TABLES:
            self.database.execute(sql)

    @property
    def job(self) -> EnrichmentJob:
        """Over these parts."""
        log = Log("worker")
        prospects, enricher = cast("CachedTable", _Prospects(self)), cast("Enricher", _Api(self))
        return EnrichmentJob(prospects, enricher, self.d1, log, CLAIM_S, lambda: self.now)

    @property
    def d1(self) -> D1:
        """The database."""
        return cast("D1", _Sqlite(self))

    def queue(self, *ids: str) -> None:
        """As if the API had been asked about them in vain."""
        for id_ in ids:
            finding = enrichment_store.storing(Finding(id_, "both", None, None, queued=True))
            self.database.execute(finding.sql, finding.params)

    def run(self) -> CronReport:
        """One run of the job."""
        return asyncio.run(self.job.work_off("req"))

    def left(self) -> list[str]:
        """Who is still queued."""
        sql = "SELECT prospect_id FROM enrichments WHERE queued = 1 ORDER BY 1"
        return [str(row[0]) for row in self.database.execute(sql)]


@dataclass(frozen=True, slots=True)
class _Sqlite:
    desk: Desk

    async def run(self, _request_id: str, *statements: Statement) -> list[list[Row]]:
        await asyncio.sleep(0)
        run = self.desk.database.execute
        return [[dict(row) for row in run(one.sql, one.params)] for one in statements]


@dataclass(frozen=True, slots=True)
class _Prospects:
    desk: Desk

    async def find(
        self, _model: type[Prospect], _query: Mapping[str, str], _request_id: str
    ) -> Found[Prospect]:
        if self.desk.known is None:
            raise Refusal("SUPABASE_UNAVAILABLE", "Supabase cannot be reached right now.")
        rows = [
            Prospect.model_construct(
                id=id_, name="Ada", status="new", createdAt=_STAMP, updatedAt=_STAMP
            )
            for id_ in sorted(self.desk.known)
        ]
        return Found(rows, self.desk.copied)


@dataclass(frozen=True, slots=True)
class _Api:
    desk: Desk

    async def find(self, prospect: Prospect, type_: EnrichmentType, _request_id: str) -> Finding:
        await asyncio.sleep(0)
        self.desk.asked.append(prospect.id)
        if self.desk.deadly:
            raise Killed
        well = self.desk.well
        await self.desk.meanwhile()
        found = (_SITE, "ada@acme.example") if well else (None, None)
        return Finding(prospect.id, type_, *found, queued=not well)


async def _all_else() -> None:
    """Let everything happen that needs nobody."""
    for _ in range(50):
        await asyncio.sleep(0)


@pytest.fixture
def desk() -> Desk:
    """Three prospects are queued."""
    made = Desk()
    made.queue("a", "b", "c")
    return made


def test_each_is_asked_about_once(desk: Desk) -> None:
    """A second run finds nothing to do."""
    first, second = desk.run(), desk.run()
    assert (3, 0, 0) == (first.succeeded, first.failed, second.processed)
    assert ("abc", []) == ("".join(sorted(desk.asked)), desk.left())


def test_two_runs_side_by_side_share_the_work(desk: Desk) -> None:
    """What one has claimed, the other does not see."""

    async def both() -> tuple[CronReport, CronReport]:
        return await asyncio.gather(desk.job.work_off("one"), desk.job.work_off("two"))

    reports = asyncio.run(both())
    assert (3, "abc") == (sum(one.succeeded for one in reports), "".join(sorted(desk.asked)))


def test_what_is_still_away_stays_queued(desk: Desk) -> None:
    """Each is tried once a run, and all are done once the API answers."""
    desk.well = False
    away = desk.run()
    desk.well = True
    assert (0, 3, 3) == (away.succeeded, away.failed, desk.run().succeeded)


@pytest.mark.parametrize(("later_s", "done"), [(CLAIM_S - 1, 0), (CLAIM_S + 1, 3)])
def test_a_run_that_was_killed_loses_its_claim(desk: Desk, later_s: float, done: int) -> None:
    """When it ends, and not before."""
    desk.deadly = True
    with pytest.raises(Killed):
        desk.run()
    desk.deadly = False
    desk.now += timedelta(seconds=later_s)
    assert done == desk.run().succeeded


def test_who_is_gone_is_forgotten(desk: Desk) -> None:
    """Their owner says that they are not there any more."""
    desk.known = frozenset("a")
    desk.run()
    assert (["a"], []) == (desk.asked, desk.left())


def test_who_is_only_unknown_stays_queued(desk: Desk) -> None:
    """The copy need not have everybody, and nobody at all may be able to say."""
    desk.known, desk.copied = frozenset("a"), True
    desk.run()
    only_copied = desk.left()
    desk.known = None
    report = desk.run()
    assert (["b", "c"], 0, ["b", "c"]) == (only_copied, report.succeeded, desk.left())


def test_the_breakers_closing_works_the_queue_off(desk: Desk) -> None:
    """Without the cron job, in as many rounds as there is something to settle."""
    desk.queue(*(f"more{number:03}" for number in range(60)))
    desk.known = frozenset((*"abc", *(f"more{number:03}" for number in range(60))))

    async def woken() -> None:
        wake = EnrichmentWake(desk.job, Log("worker"))
        for _ in range(3):
            wake.closed()
        while desk.left():
            await asyncio.sleep(0)
        # The round that finds nothing more ends it.
        await _all_else()

    asyncio.run(asyncio.wait_for(woken(), 20))
    assert (63, 63) == (len(desk.asked), len(set(desk.asked)))


def test_a_closing_during_the_crons_run_works_off_what_that_run_could_not(desk: Desk) -> None:
    """Its claim hid them from the run that the closing began."""
    desk.well = False

    async def scene() -> CronReport:
        wake = EnrichmentWake(desk.job, Log("worker"))

        async def back() -> None:
            if not desk.well:
                desk.well = True
                wake.closed()
            await _all_else()

        desk.meanwhile = back
        with wake.watching():
            report = await desk.job.work_off("req")
        left_open = len(desk.left())
        while desk.left():
            await asyncio.sleep(0)
        assert left_open == report.failed
        return report

    report = asyncio.run(asyncio.wait_for(scene(), 20))
    assert (3, True) == (report.processed, report.failed > 0)


@pytest.mark.parametrize("closes", [True, False])
def test_what_is_queued_after_the_closing_is_worked_off(closes: bool) -> None:
    """Who was turned away before it writes that down after it; without one, it waits for cron."""
    desk = Desk()

    async def turned_away() -> None:
        wake = EnrichmentWake(desk.job, Log("worker"))
        with wake.watching():
            if closes:
                wake.closed()
            await _all_else()
            desk.queue("a")
        await _all_else()

    asyncio.run(turned_away())
    assert ([] if closes else ["a"]) == desk.left()
