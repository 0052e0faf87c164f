"""How long it takes to judge a record of 10⁵ and of 10⁶ exchanges, and in how much memory.

Both are made of the record of one gate on the reference, and judged by `seamwright judge`, reports
and all, in a process of its own. Seconds are those of the processor: what else a machine does then
does not count.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from seamwright import run
from seamwright.drive.gate import GateBudget
from seamwright.drive.subject.toolchain import cache_folder
from seamwright.project import open_project
from tests.benchmarks.long_record import make_long
from tests.benchmarks.measurement import Measurement

_ROOT = Path(__file__).parents[2]
_SHORT, _LONG = 100_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging a record took: processor seconds, megabytes; and how many exchanges it has."""

    seconds: float
    memory_mb: float
    exchanges: int


def measure() -> dict[str, Measurement]:
    """One gate, two records made of it, each judged once."""
    with tempfile.TemporaryDirectory() as folder:
        project = open_project(_ROOT / "seamwright.toml")
        out = Path(folder) / "gate"
        run.gate(project, out, cache_folder(os.environ), lambda _: None, GateBudget())
        short = judged(out / "record", _SHORT, Path(folder) / "short")
        long = judged(out / "record", _LONG, Path(folder) / "long")
    return {
        "judging 10⁶ exchanges": Measurement(
            round(long.seconds, 1),
            f"s for {long.exchanges:,}",
            f"judging {short.exchanges:,}: {short.seconds:.1f} s",
            round(long.seconds / short.seconds, 2),
        ),
        "memory of judging 10⁶ exchanges": Measurement(
            round(long.memory_mb),
            "MB",
            f"judging {short.exchanges:,}: {short.memory_mb:.0f} MB",
            round(long.memory_mb / short.memory_mb, 2),
        ),
    }


def judged(real: Path, exchanges: int, folder: Path) -> Judged:
    """Make a record of so many exchanges, and judge it."""
    count = make_long(real, exchanges, folder / "record")
    command = [sys.executable, "-m", "seamwright.cli", "judge", str(folder / "record")]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    # A record that is made of one without findings has none, and its page is written.
    if process.returncode or not (folder / "index.html").is_file():
        message = f"`seamwright judge` ended with {process.returncode}"
        raise RuntimeError(message)
    return Judged(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, count)
