"""From a subject file to a running subject."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.drive.subject.deployment import Deployment, deployed
from seamwright.drive.subject.environment import launches
from seamwright.drive.subject.placeholder import fill
from seamwright.drive.subject.plan import make_plan
from seamwright.drive.subject.port import port_claims

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping
    from pathlib import Path
    from random import Random

    from seamwright.contract.system import System
    from seamwright.drive.subject.guard import Guard
    from seamwright.drive.subject.project_file import ProjectFile
    from seamwright.drive.subject.toolchain import Toolchain
    from seamwright.record.journal import Journal


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a boot is given from outside: the clock, chance, progress, and where things lie."""

    clock: Callable[[], float]
    random: Random
    say: Callable[[str], None]
    guard: Guard
    journal: Journal
    toolchain: Toolchain
    cache: Path


@dataclass(frozen=True, slots=True)
class Booted:
    """A running subject.

    Attributes:
        deployment: its boxes and edges.
        credentials: the value of each of its contract's credentials.
        doors: box → what the harness shows at its door.
    """

    deployment: Deployment
    credentials: Mapping[str, str]
    doors: Mapping[str, str]


@asynccontextmanager
async def booted(
    project: ProjectFile,
    system: System,
    secrets: Mapping[str, str],
    given: Surroundings,
    only: frozenset[str] | None = None,
) -> AsyncGenerator[Booted]:
    """Boot a subject, or only some of its boxes, for as long as the block runs.

    Raises:
        UsageProblem: when the subject file cannot be followed; nothing was started then.
        HarnessProblem: when a tool or a box did not come up; everything was stopped again.
    """
    with port_claims(given.cache / "ports") as claim:
        plan = make_plan(project, system, given.random, claim)
        toxiproxy, values = await asyncio.to_thread(_tools, project, secrets, given)
        orders = [one for one in launches(project, plan, values) if only is None or one.box in only]
        credentials = {
            name: fill(text, values, f"credentials.{name}")
            for name, text in project.credentials.items()
        }
        doors = {name: fill(text, values, f"doors.{name}") for name, text in project.doors.items()}
        for one in plan.unseen:
            given.journal.append(one)
        deployment = Deployment(project, plan, given.guard, given.journal, given.clock)
        async with deployed(deployment):
            hidden = [*secrets.values(), *credentials.values(), *doors.values()]
            await asyncio.gather(
                deployment.start_edges(toxiproxy, given.guard.folder(), hidden),
                deployment.start_boxes(orders),
            )
            yield Booted(deployment, credentials, doors)


def _tools(
    project: ProjectFile, secrets: Mapping[str, str], given: Surroundings
) -> tuple[Path, dict[str, str]]:
    """Toxiproxy, and the placeholders that are the same for every box."""
    scale = project.subject.time_scale
    values = {
        "python": sys.executable,
        "cache": str(given.cache),
        "tmp": str(given.guard.folder()),
        "root": str(project.root),
        **{f"secret.{name}": one for name, one in secrets.items()},
        **{f"duration.{name}": str(round(ms * scale)) for name, ms in project.durations.items()},
    }
    if project.tools.npm is not None:
        values["node"] = str(given.toolchain.node())
        values["npm"] = str(given.toolchain.npm(project.root / project.tools.npm))
    return given.toolchain.toxiproxy(), values
