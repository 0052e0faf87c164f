"""The only place where the stages meet: boot, drive, record, judge, report.

A project is read and checked before anything is started.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from seamwright.contract.digest import digest
from seamwright.drive.again import Wanted, look_again
from seamwright.drive.audit import drive_audit
from seamwright.drive.cases.bad import bad_cases
from seamwright.drive.cases.smaller import case_again
from seamwright.drive.corpus.build import corpus
from seamwright.drive.event_loop import finish
from seamwright.drive.gate import GateBudget, GatePlan, drive_gate
from seamwright.drive.publication.publication import publication, seen
from seamwright.drive.replay import Budget
from seamwright.drive.stage import Stage
from seamwright.drive.subject.boot import Booted, Surroundings, booted
from seamwright.drive.subject.guard import Guard
from seamwright.drive.subject.secret import make_secrets
from seamwright.drive.subject.toolchain import Toolchain
from seamwright.judge.alone import shown_by, smallest_alone
from seamwright.judge.finding import findings
from seamwright.judge.judgement_of_parts import judge_parts
from seamwright.judge.registry import RULES
from seamwright.project import ports, protocols
from seamwright.record.encoding import End, Head
from seamwright.record.journal import Journal
from seamwright.record.load import parts
from seamwright.record.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from seamwright.drive.http import Driver
    from seamwright.judge.judgement import Judgement
    from seamwright.judge.rule import Rule
    from seamwright.project import Project
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Published

_SECRET_BYTES = 32
PART = 2_000
"""Observations of a record that are read at once."""
_LOOKED_FOR = 40
"""Findings that are looked for again; nobody reads more."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit came to; of a long record, an excerpt."""

    project: Project
    record: Record
    judgement: Judgement


def audit(project: Project, out: Path, cache: Path, say: Callable[[str], None]) -> Audited:
    """Boot the subject, drive it, and judge the record; `out`/record holds what was seen.

    Raises:
        HarnessProblem: when the subject or a part of the harness did not come up.
    """
    budget = GateBudget(Budget(cases=2_000, patience=8))

    async def drive(stage: Stage, driver: Driver, plan: GatePlan) -> None:
        await drive_audit(stage, driver, plan, project.scenarios)

    folder = finish(_drive(project, (out, cache), say, drive, (RULES, budget)))
    say("judging")
    return _judged(project, folder, RULES)


def gate(
    project: Project,
    out: Path,
    cache: Path,
    say: Callable[[str], None],
    budget: GateBudget,
    rules: tuple[Rule, ...] = RULES,
) -> Audited:
    """Drive what services answer, and judge it; `out`/record holds what was seen.

    Raises:
        HarnessProblem: when the subject or a part of the harness did not come up.
    """
    folder = finish(_drive(project, (out, cache), say, drive_gate, (rules, budget)))
    say("judging")
    return _judged(project, folder, rules)


def replay(
    project: Project, exchange: Exchange, folder: Path, cache: Path, say: Callable[[str], None]
) -> Exchange | None:
    """Boot the subject, or reach it, and send the request of an exchange once more.

    None where it cannot be sent: the driver did not send it, or the subject lacks the service.
    """
    case = case_again(exchange, "again")

    async def send() -> Exchange | None:
        async with up(project, folder / "record", cache, say) as (running, journal):
            stage = stage_of(project, running, journal, say)
            async with stage.driver() as driver:
                if case is None or not driver.reaches(case.label.service):
                    return None
                return await driver.send(case)

    return finish(send())


def _judged(project: Project, folder: Path, rules: tuple[Rule, ...]) -> Audited:
    read = partial(parts, folder, protocols(project.system), PART)
    judged = judge_parts(rules, project.system, read)
    return Audited(project, judged.record, judged.judgement)


def judge_record(project: Project, folder: Path) -> Audited:
    """Judge a saved record again; nothing is run.

    Raises:
        RecordProblem: when it cannot be read.
    """
    return _judged(project, folder, RULES)


@asynccontextmanager
async def up(
    project: Project, folder: Path, cache: Path, say: Callable[[str], None]
) -> AsyncGenerator[tuple[Booted, Journal]]:
    """The subject, booted for as long as the block runs, its record being written."""
    made = make_secrets(project.file, lambda: secrets.token_urlsafe(_SECRET_BYTES))
    with Guard() as guard:
        hidden = frozenset({*made.values(), *(value for _, value in project.headers)})
        journal = Journal(folder, Redactor(hidden))
        zero_s = time.monotonic()
        journal.append(
            Head(
                format=1,
                subject=project.file.subject.name,
                contract_digest=digest(project.system),
                started=datetime.now(UTC).isoformat(timespec="milliseconds"),
                zero_s=zero_s,
            )
        )
        toolchain = Toolchain(cache, say)
        given = Surroundings(
            time.monotonic, ports(project.file), say, guard, journal, toolchain, cache
        )
        try:
            async with booted(project.file, project.system, made, given) as running:
                took_s = time.monotonic() - zero_s
                say(f"{len(running.deployment.ready_s)} boxes up in {took_s:.1f} s")
                yield running, journal
            journal.append(End(at_s=time.monotonic()))
        finally:
            journal.close()
            guard.remove_folders()


async def _drive(
    project: Project,
    folders: tuple[Path, Path],
    say: Callable[[str], None],
    drive: Callable[[Stage, Driver, GatePlan], Awaitable[None]],
    judged: tuple[tuple[Rule, ...], GateBudget],
) -> Path:
    """Boot and drive; the folder of the record.

    `folders`: of the reports, and of the cache; `judged`: by which rules, and how much is sent.
    """
    out, cache = folders
    rules, budget = judged
    found = _published(project)
    bad = bad_cases(project.system)
    # Requests are made while the boxes come up.
    making = asyncio.create_task(corpus(project.system, budget.amount(project.system), cache, say))
    try:
        async with up(project, out / "record", cache, say) as (running, journal):
            if found:
                journal.append(found)
            stage = stage_of(project, running, journal, say)
            async with stage.driver() as driver:
                plan = GatePlan(project.conformance, bad, making, budget, project.found)
                await drive(stage, driver, plan)
                wanted = _wanted(project, stage, rules, budget)
                if wanted:
                    say(f"looking again for {len(wanted)} findings")
                await look_again(driver, journal, wanted)
    finally:
        making.cancel()
    return journal.finish()


def stage_of(
    project: Project, running: Booted, journal: Journal, say: Callable[[str], None]
) -> Stage:
    """Where drives are played, of a subject that is up."""
    return Stage(project.system, running, journal, time.monotonic, say, project.headers)


def _wanted(
    project: Project, stage: Stage, rules: tuple[Rule, ...], budget: GateBudget
) -> list[Wanted]:
    """What the rules find already, as far as a request by itself shows it."""
    made = _judged(project, stage.journal.folder, rules)
    by_code = {one.code: one for one in rules}
    wanted: list[Wanted] = []
    for one in findings(made.judgement.verdicts):
        rule, system, head = by_code[one.code], project.system, made.record.head
        exchange = smallest_alone(rule, system, made.record, one)
        method = exchange.request.method if exchange and exchange.request else ""
        if exchange and budget.lets(method):
            shows = partial(shown_by, rule, system, head, one, like=exchange)
            wanted.append(Wanted(one.name, exchange, shows))
        if len(wanted) == _LOOKED_FOR:
            break
    return wanted


def _published(project: Project) -> Published | None:
    """What is found of the published files; None where the subject file publishes nothing."""
    if project.file.published is None:
        return None
    return seen(publication(project.file, project.system))
