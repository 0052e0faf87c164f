"""The reference's worker for benchmarks, and Schemathesis' own runner on it."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seamwright import run
from seamwright.drive.subject.toolchain import cache_folder
from seamwright.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

_ROOT = Path(__file__).parents[2]
DOCUMENT = _ROOT / "contracts" / "published" / "worker.openapi.json"
SERVICE = "worker"


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker without rate limits, up.

    Attributes:
        project: the reference.
        address: `host:port` of the worker.
        credentials: by name.
    """

    project: Project
    address: str
    credentials: Mapping[str, str]

    @property
    def bearer(self) -> str:
        """The header of a caller that the worker knows."""
        return f"Authorization: Bearer {self.credentials['cron']}"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to: its output, the seconds that it took, the megabytes it held."""

    said: str
    seconds: float
    memory_mb: float


@asynccontextmanager
async def worker(folder: Path, module: str = "reference_impl.worker") -> AsyncGenerator[Worker]:
    """The reference, its worker without limits; `module` is run as the worker."""
    text = (_ROOT / "seamwright.toml").read_text(encoding="utf-8")
    table = "[box.worker.env]\n"
    text = text.replace(table, f'{table}RATE_LIMIT_FACTOR = "0"\n')
    text = text.replace('python = "reference_impl.worker"', f'python = "{module}"')
    file = _ROOT / f".bench-{os.getpid()}.toml"
    file.write_text(text, encoding="utf-8")
    try:
        project = open_project(file)
    finally:
        file.unlink()
    async with run.up(project, folder / "record", cache_folder(os.environ), silent) as (booted, _):
        yield Worker(project, booted.deployment.plan.boxes[SERVICE], booted.credentials)


async def gated(one: Worker, out: Path) -> Ran:
    """The gate on the worker as on a stranger's: by its address and its document."""
    command = [sys.executable, "-m", "seamwright.cli", "gate", "--url", f"http://{one.address}"]
    command += ["--openapi", str(DOCUMENT), "--out", str(out), "--header", one.bearer]
    return await _ran(command)


async def fuzzed(one: Worker, *options: str) -> Ran:
    """Schemathesis' own runner on it."""
    command = [str(Path(sys.executable).with_name("st")), "run", str(DOCUMENT), "--no-color"]
    command += ["--url", f"http://{one.address}", "-H", one.bearer, *options]
    return await _ran(command)


def silent(text: str) -> None:
    """Progress is not what is measured."""


async def _ran(command: list[str]) -> Ran:
    """Run it; the memory is that of its own process, not of those that it starts."""
    began_s = time.monotonic()
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
    return Ran(said.decode(errors="replace"), time.monotonic() - began_s, most / 1024)
