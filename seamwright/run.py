"""The only place where the stages meet: boot, drive, record, judge, report.

Everything is read and checked before anything is started.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from seamwright.contract.digest import digest
from seamwright.contract.load import LoadProblem, load
from seamwright.contract.system import System
from seamwright.drive.audit import drive_audit
from seamwright.drive.cases.bad import bad_cases
from seamwright.drive.cases.conformance import Conformance, check_conformance
from seamwright.drive.cases.generated import Amount
from seamwright.drive.corpus.build import corpus
from seamwright.drive.gate import GateBudget, drive_gate
from seamwright.drive.publication.publication import publication, seen
from seamwright.drive.replay import Budget
from seamwright.drive.scenario import Scenario
from seamwright.drive.stage import Stage
from seamwright.drive.subject.boot import Booted, Surroundings, booted
from seamwright.drive.subject.guard import Guard
from seamwright.drive.subject.plan import make_plan
from seamwright.drive.subject.project_file import ProjectFile, load_project_file
from seamwright.drive.subject.secret import make_secrets
from seamwright.drive.subject.toolchain import Toolchain
from seamwright.judge.judgement import Judgement, judge
from seamwright.judge.registry import RULES, check
from seamwright.record.encoding import End, Head
from seamwright.record.journal import Journal
from seamwright.record.load import Record
from seamwright.record.load import load as load_record
from seamwright.record.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from seamwright.judge.rule import Rule
    from seamwright.record.observation import Headers, Published

_SECRET_BYTES = 32
_OF_AUDIT = GateBudget(Budget(cases=2_000, patience=8))
"""An audit looks at more than answers; a gate is where they are searched."""


@dataclass(frozen=True, slots=True)
class Project:
    """A subject file and the content that it names, all checked.

    Attributes:
        file: how the subject is started or reached.
        system: its contract set.
        conformance: how it is driven.
        scenarios: how it is broken.
        headers: sent with every request; their values are secrets.
    """

    file: ProjectFile
    system: System
    conformance: Conformance = field(default_factory=Conformance)
    scenarios: tuple[Scenario, ...] = ()
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit came to."""

    project: Project
    record: Record
    judgement: Judgement


def open_project(path: Path) -> Project:
    """Read a subject file and everything that it names.

    Raises:
        UsageProblem: when any of it is malformed; nothing was started.
    """
    file = load_project_file(path)
    subject = file.subject
    system = load(subject.contracts, System, file.root)
    check(RULES, system)
    make_plan(file, system, _ports(file))
    named = subject.conformance
    conformance = load(named, Conformance, file.root) if named else Conformance()
    check_conformance(system, conformance)
    return Project(file, system, conformance, _scenarios(subject.chaos, file.root))


def protocols(system: System) -> dict[str, str]:
    """Edge name → protocol, as a record is read with."""
    return {one.name: one.protocol.value for one in system.edges}


def audit(project: Project, out: Path, cache: Path, say: Callable[[str], None]) -> Audited:
    """Boot the subject, drive it, and judge the record; `out`/record holds what was seen.

    Raises:
        HarnessProblem: when the subject or a part of the harness did not come up.
    """
    bad = bad_cases(project.system)

    async def drive(stage: Stage) -> None:
        await drive_audit(stage, project.conformance, project.scenarios, bad, _OF_AUDIT)

    folder = asyncio.run(_drive(project, (out, cache), say, drive))
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
    bad = bad_cases(project.system)

    async def drive(stage: Stage) -> None:
        await drive_gate(stage, project.conformance, bad, budget)

    folder = asyncio.run(_drive(project, (out, cache), say, drive))
    say("judging")
    return _judged(project, folder, rules)


def _judged(project: Project, folder: Path, rules: tuple[Rule, ...]) -> Audited:
    record = load_record(folder, protocols(project.system))
    return Audited(project, record, judge(rules, project.system, record))


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
            time.monotonic, _ports(project.file), say, guard, journal, toolchain, cache
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
    drive: Callable[[Stage], Awaitable[None]],
) -> Path:
    """Boot and drive; the folder of the record. `folders`: of the reports, and of the cache."""
    out, cache = folders
    found = _published(project)
    # Requests are made while the boxes come up.
    making = asyncio.create_task(corpus(project.system, Amount(), cache, say))
    try:
        async with up(project, out / "record", cache, say) as (running, journal):
            if found:
                journal.append(found)
            clock, headers = time.monotonic, project.headers
            await drive(Stage(project.system, running, journal, clock, say, making, headers))
    finally:
        making.cancel()
    return journal.finish()


def _published(project: Project) -> Published | None:
    """What is found of the published files; None where the subject file publishes nothing."""
    if project.file.published is None:
        return None
    return seen(publication(project.file, project.system))


def _ports(file: ProjectFile) -> random.Random:
    """The same ports for the same project wherever they are free: a curl line stays of use."""
    return random.Random(f"{file.root} {file.subject.name}")  # noqa: S311 - ports, not secrets


def _scenarios(name: str | None, root: Path) -> tuple[Scenario, ...]:
    if name is None:
        return ()
    found = cast("tuple[object, ...]", load(name, tuple, root))
    scenarios = [one for one in found if isinstance(one, Scenario)]
    if len(scenarios) != len(found):
        raise LoadProblem(
            expected="a tuple of scenarios",
            seen="a tuple with something else in it",
            where=f"the name {name!r}",
            mend="put only Scenario values into it",
        )
    return tuple(scenarios)
