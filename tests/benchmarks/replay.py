"""How fast a corpus is sent and recorded, on the reference's worker without its rate limits.

It is compared with Schemathesis' own runner on the same worker and document, and with a loop that
sends the same requests and looks at no answer. Memory is the largest of a process, of a whole gate.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from seamwright import run
from seamwright.drive.cases.generated import Amount
from seamwright.drive.corpus.build import corpus
from seamwright.drive.gate import GateBudget, corpus_cases
from seamwright.drive.http import AT_ONCE, Driver
from seamwright.drive.replay import Budget, ReplayDrive, replay
from seamwright.drive.subject.toolchain import cache_folder
from seamwright.record.journal import Journal
from seamwright.record.redaction import Redactor
from tests.benchmarks.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from seamwright.drive.cases.case import Case

_ROUNDS = 5
_TIMES = 8
"""How often the corpus is sent in a round: it is small."""

_ROOT = Path(__file__).parents[2]
_DOCUMENT = _ROOT / "contracts" / "published" / "worker.openapi.json"
_SERVICE = "worker"
_ALL = Budget(cases=1_000_000, patience=None)


def measure() -> dict[str, Measurement]:
    """All on one worker, in turn."""
    return asyncio.run(_measured())


async def _measured() -> dict[str, Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        async with _worker(Path(folder)) as (project, address, credentials):
            made = await corpus(project.system, Amount(), cache_folder(os.environ), _silent)
            by_place = corpus_cases(project.system, made, GateBudget())
            cases = {place: some for place, some in by_place.items() if place[0] == _SERVICE}
            pairs: list[tuple[float, float]] = []
            for number in range(_ROUNDS):
                record = Path(folder) / f"record-{number}"
                bare = await _bare(project, address, credentials, cases)
                pairs.append((await _replayed(project, address, credentials, cases, record), bare))
            theirs, their_mb = await _runner(address, credentials)
            gate = [sys.executable, "-m", "seamwright.cli", "gate", "--url", f"http://{address}"]
            gate += ["--openapi", str(_DOCUMENT), "--out", f"{folder}/gate"]
            _, our_mb = await _peak([*gate, "--header", f"Authorization: {_bearer(credentials)}"])
    ours = statistics.median(one for one, _ in pairs)
    ratio = statistics.median(one / bare for one, bare in pairs)
    runner = f"st run --continue-on-failure: {theirs:.0f} cases/s"
    return {
        "replay": Measurement(round(ours), "cases/s", runner, round(ours / theirs, 1)),
        "replay, recorded": Measurement(
            round(ours), "cases/s", "the same requests in a bare loop", round(ratio, 2)
        ),
        "memory of a gate": Measurement(
            round(our_mb), "MB", f"st run: {their_mb:.0f} MB", round(our_mb / their_mb, 2)
        ),
    }


@asynccontextmanager
async def _worker(folder: Path) -> AsyncGenerator[tuple[run.Project, str, Mapping[str, str]]]:
    """The reference, its worker without limits."""
    text = (_ROOT / "seamwright.toml").read_text(encoding="utf-8")
    table = "[box.worker.env]\n"
    file = _ROOT / f".bench-{os.getpid()}.toml"
    file.write_text(text.replace(table, f'{table}RATE_LIMIT_FACTOR = "0"\n'), encoding="utf-8")
    try:
        project = run.open_project(file)
    finally:
        file.unlink()
    async with run.up(project, folder / "record", cache_folder(os.environ), _silent) as (booted, _):
        yield project, booted.deployment.plan.boxes[_SERVICE], booted.credentials


async def _replayed(
    project: run.Project,
    address: str,
    credentials: Mapping[str, str],
    cases: Mapping[tuple[str, str], Sequence[Case]],
    record: Path,
) -> float:
    """Cases a second, sent and written into a record."""
    journal = Journal(record, Redactor(frozenset(credentials.values())))
    many = {place: list(chain.from_iterable([some] * _TIMES)) for place, some in cases.items()}
    addresses = {_SERVICE: address}
    async with Driver(project.system, addresses, credentials, journal, time.monotonic) as driver:
        began_s = time.monotonic()
        sent = await replay(ReplayDrive(driver, journal, time.monotonic, _silent), many, _ALL)
        return sent / (time.monotonic() - began_s)


async def _bare(
    project: run.Project,
    address: str,
    credentials: Mapping[str, str],
    cases: Mapping[tuple[str, str], Sequence[Case]],
) -> float:
    """Cases a second, sent by as many loops as the replay has requests under way."""
    waiting = [one for some in cases.values() for one in some for _ in range(_TIMES)]
    count = len(waiting)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def loop() -> None:
            while waiting:
                case = waiting.pop()
                kind = project.system.credential(case.credential) if case.credential else None
                shown = {kind.header: kind.value(credentials[kind.name])} if kind else {}
                async with session.request(
                    case.method,
                    URL(f"http://{address}{case.target}", encoded=True),
                    headers=[*case.headers, *shown.items()],
                    data=case.body or None,
                    allow_redirects=False,
                ) as answer:
                    await answer.read()

        began_s = time.monotonic()
        await asyncio.gather(*(loop() for _ in range(AT_ONCE)))
        return count / (time.monotonic() - began_s)


async def _runner(address: str, credentials: Mapping[str, str]) -> tuple[float, float]:
    """Cases a second of Schemathesis' runner as it reckons itself, and its memory in MB."""
    command = [str(Path(sys.executable).with_name("st")), "run", str(_DOCUMENT), "--no-color"]
    command += ["--url", f"http://{address}", "--continue-on-failure"]
    said, memory = await _peak([*command, "-H", f"Authorization: {_bearer(credentials)}"])
    cases = re.search(r"(\d+) generated", said)
    seconds = re.search(r" in ([\d.]+)s =", said)
    if cases is None or seconds is None:
        message = f"st run said neither how many cases nor how long: {said[-500:]}"
        raise RuntimeError(message)
    return int(cases[1]) / float(seconds[1]), memory


async def _peak(command: list[str]) -> tuple[str, float]:
    """What a command prints, and the memory that its process held at most, in MB."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    status = Path(f"/proc/{process.pid}/status")
    most = 0

    async def watch() -> None:
        nonlocal most
        while process.returncode is None:
            try:
                text = await asyncio.to_thread(status.read_text, encoding="utf-8")
            except OSError:
                return
            found = re.search(r"VmHWM:\s+(\d+)", text)
            most = max(most, int(found[1]) if found else 0)
            await asyncio.sleep(0.05)

    watching = asyncio.create_task(watch())
    said, _ = await process.communicate()
    await watching
    return said.decode(errors="replace"), most / 1024


def _bearer(credentials: Mapping[str, str]) -> str:
    return f"Bearer {credentials['cron']}"


def _silent(text: str) -> None:
    """Progress is not what is measured."""
