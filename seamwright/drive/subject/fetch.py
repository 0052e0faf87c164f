"""Fetching into the cache: whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from uv import find_uv_bin

from seamwright.problem import HarnessProblem

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

_LAST = 12
"""Lines of a failed command's output that a message quotes."""


class FetchProblem(HarnessProblem):
    """A package or a build that the harness needs did not come."""


@contextmanager
def settle(folder: Path) -> Generator[Path]:
    """A folder to fill, renamed to `folder` when all went well and removed otherwise.

    When another process was faster, its folder stays: both hold the same, since all is pinned.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield made
        made.chmod(0o755)
        if not folder.exists():
            try:
                made.rename(folder)
            except OSError:
                if not folder.exists():
                    raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def install_wheel(pins: Path, folder: Path) -> None:
    """Unpack the wheels that a file pins with their digests."""
    install: list[str | Path] = [find_uv_bin(), "pip", "install", "--quiet", "--no-deps"]
    install += ["--python", sys.executable, "--require-hashes", "--target", folder, "-r", pins]
    run(install, cwd=folder, env={})


def run(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str]) -> None:
    """Run a command to its end.

    Raises:
        FetchProblem: when it fails; the end of its output is quoted.
    """
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise _problem(command, str(error)) from error
    if done.returncode:
        raise _problem(command, "\n".join(done.stdout.splitlines()[-_LAST:]))


def _problem(command: Sequence[str | Path], seen: str) -> FetchProblem:
    return FetchProblem(
        expected="the package registries can be reached, and the disk has room",
        seen=seen,
        where=" ".join(str(one) for one in command),
        mend="run `seamwright doctor`, then try again; what was fetched before is kept",
    )
