"""How fast a corpus is sent and recorded, on the reference's worker without its rate limits.

It is compared with Schemathesis' own runner on the same worker and document, and with a loop that
sends the same requests and looks at no answer. Memory is the largest of a process, of a whole gate.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from seamwright.drive.cases.generated import Amount
from seamwright.drive.corpus.build import corpus
from seamwright.drive.event_loop import finish
from seamwright.drive.gate import GateBudget, corpus_cases
from seamwright.drive.http import AT_ONCE, Driver
from seamwright.drive.replay import Budget, Replay, ReplayDrive
from seamwright.drive.subject.toolchain import cache_folder
from seamwright.record.journal import Journal
from seamwright.record.redaction import Redactor
from tests.benchmarks.measurement import Measurement
from tests.benchmarks.reference_worker import SERVICE, fuzzed, gated, silent, worker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seamwright.drive.cases.case import Case
    from tests.benchmarks.reference_worker import Worker

    Cases = Mapping[tuple[str, str], Sequence[Case]]

_ROUNDS = 3
"""Before the runner, and as many after it."""
_TIMES = 8
"""How often the corpus is sent in a round: it is small."""

_ALL = Budget(cases=1_000_000, patience=None)


def measure() -> dict[str, Measurement]:
    """All on one worker, in turn."""
    return finish(_measured())


async def _measured() -> dict[str, Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        async with worker(Path(folder)) as one:
            system = one.project.system
            made = await corpus(system, Amount(), cache_folder(os.environ), silent)
            by_place = corpus_cases(system, made, GateBudget())
            cases = {place: some for place, some in by_place.items() if place[0] == SERVICE}
            pairs = await _pairs(one, cases, Path(folder))
            runner = await fuzzed(one, "--continue-on-failure")
            # A machine that others use is now fast, now slow: the runner is in the middle.
            pairs += await _pairs(one, cases, Path(folder))
            gate = await gated(one, Path(folder) / "gate")
    ours = statistics.median(one for one, _ in pairs)
    ratio = statistics.median(one / bare for one, bare in pairs)
    theirs = _rate(runner.said)
    return {
        "replay": Measurement(
            round(ours),
            "cases/s",
            f"st run --continue-on-failure: {theirs:.0f} cases/s",
            round(ours / theirs, 1),
        ),
        "replay, recorded": Measurement(
            round(ours), "cases/s", "the same requests in a bare loop", round(ratio, 2)
        ),
        "memory of a gate": Measurement(
            round(gate.memory_mb),
            "MB",
            f"st run: {runner.memory_mb:.0f} MB",
            round(gate.memory_mb / runner.memory_mb, 2),
        ),
    }


async def _pairs(one: Worker, cases: Cases, folder: Path) -> list[tuple[float, float]]:
    """Cases a second of the replay, and of the bare loop just before it."""
    pairs: list[tuple[float, float]] = []
    for _ in range(_ROUNDS):
        bare = await _bare(one, cases)
        pairs.append((await _replayed(one, cases, folder / "record"), bare))
    return pairs


def _rate(said: str) -> float:
    """Cases a second of Schemathesis' runner, as it reckons itself."""
    cases = re.search(r"(\d+) generated", said)
    seconds = re.search(r" in ([\d.]+)s =", said)
    if cases is None or seconds is None:
        message = f"st run said neither how many cases nor how long: {said[-500:]}"
        raise RuntimeError(message)
    return int(cases[1]) / float(seconds[1])


async def _replayed(one: Worker, cases: Cases, record: Path) -> float:
    """Cases a second, sent and written into a record."""
    journal = Journal(record, Redactor(frozenset(one.credentials.values())))
    many = {place: list(chain.from_iterable([some] * _TIMES)) for place, some in cases.items()}
    system, addresses = one.project.system, {SERVICE: one.address}
    async with Driver(system, addresses, one.credentials, journal, time.monotonic) as driver:
        began_s = time.monotonic()
        sending = Replay(ReplayDrive(driver, journal, time.monotonic, silent), many, _ALL)
        await sending.go()
        return sending.end() / (time.monotonic() - began_s)


async def _bare(one: Worker, cases: Cases) -> float:
    """Cases a second, sent by as many loops as the replay has requests under way."""
    waiting = [case for some in cases.values() for case in some for _ in range(_TIMES)]
    count = len(waiting)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def loop() -> None:
            while waiting:
                case = waiting.pop()
                kind = one.project.system.credential(case.credential) if case.credential else None
                shown = {kind.header: kind.value(one.credentials[kind.name])} if kind else {}
                async with session.request(
                    case.method,
                    URL(f"http://{one.address}{case.target}", encoded=True),
                    headers=[*case.headers, *shown.items()],
                    data=case.body or None,
                    allow_redirects=False,
                ) as answer:
                    await answer.read()

        began_s = time.monotonic()
        await asyncio.gather(*(loop() for _ in range(AT_ONCE)))
        return count / (time.monotonic() - began_s)
