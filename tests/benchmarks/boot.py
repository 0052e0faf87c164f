"""How long the reference takes to boot, against the slowest of its boxes booted by itself."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import statistics
import tempfile
import time
from pathlib import Path

from seamwright.drive.subject.boot import Surroundings, booted
from seamwright.drive.subject.guard import Guard
from seamwright.drive.subject.secret import make_secrets
from seamwright.drive.subject.toolchain import Toolchain, cache_folder
from seamwright.project import Project, open_project
from seamwright.record.journal import Journal
from seamwright.record.redaction import Redactor
from tests.benchmarks.measurement import Measurement

_ROUNDS = 5
_ROOT = Path(__file__).parents[2]


def measure() -> dict[str, Measurement]:
    """Boot all boxes and each box by itself in turn, several times."""
    project = open_project(_ROOT / "seamwright.toml")
    boxes = list(project.file.box)
    asyncio.run(_boot(project, None))
    whole: list[float] = []
    single: dict[str, list[float]] = {box: [] for box in boxes}
    for _ in range(_ROUNDS):
        whole.append(asyncio.run(_boot(project, None)))
        for box in boxes:
            single[box].append(asyncio.run(_boot(project, frozenset({box}))))
    medians = {box: statistics.median(times) for box, times in single.items()}
    slowest = max(medians, key=lambda box: medians[box])
    value = statistics.median(whole)
    against = f"{slowest} alone: {medians[slowest]:.3f} s"
    ratio = value / medians[slowest]
    return {"boot of all boxes": Measurement(round(value, 3), "s", against, round(ratio, 2))}


async def _boot(project: Project, only: frozenset[str] | None) -> float:
    """Seconds until the last of the boxes was ready."""
    made = make_secrets(project.file, lambda: secrets.token_urlsafe(32))
    cache = cache_folder(os.environ)
    with tempfile.TemporaryDirectory() as folder, Guard() as guard:
        journal = Journal(Path(folder) / "record", Redactor(frozenset(made.values())))
        toolchain = Toolchain(cache, print)
        given = Surroundings(
            time.monotonic, random.Random(), _silent, guard, journal, toolchain, cache
        )
        async with booted(project.file, project.system, made, given, only) as running:
            took_s = max(running.deployment.ready_s.values())
        guard.remove_folders()
    return took_s


def _silent(text: str) -> None:
    """Progress is not what is measured."""
