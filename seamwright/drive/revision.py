"""A contract as it was at a git revision: read without touching the work tree.

    name ─ commit ─▶ hash ─ archived ─▶ a temporary folder ─ snapshot_at ─▶ Snapshot
                          └ text_at ──▶ the text of one file

The contract set of a revision is loaded in a process of its own, so that its modules and those of
the work tree never meet.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import seamwright
from seamwright.contract.compare.snapshot import Snapshot, from_json
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Generator

_DEADLINE_S = 120
_LAST = 12
"""Lines of what a failed command said that a message quotes."""

_OWN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for its hooks; here the folder says which repository is meant."""


class RevisionProblem(UsageProblem):
    """A contract cannot be had as it was at a git revision."""


def commit(folder: Path, name: str) -> str | None:
    """The hash of the commit that a name stands for; None where there is none, or no repository."""
    said = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    return said.stdout.decode().strip() if said and said.returncode == 0 else None


def text_at(folder: Path, revision: str, path: str) -> bytes | None:
    """A file as it was, its path seen from the folder; None where it was not there."""
    here = path if path.startswith(("./", "../")) else f"./{path}"
    said = _git(folder, "cat-file", "blob", f"{revision}:{here}")
    return said.stdout if said and said.returncode == 0 else None


def snapshot_at(root: Path, revision: str, name: str, told: str) -> Snapshot:
    """The contract set `module:ATTRIBUTE` of the project at `root`, as it was.

    `revision` is a hash, `told` the name that it was given by.

    Raises:
        RevisionProblem: when it cannot be loaded, for whatever reason.
    """
    try:
        with archived(root, revision) as folder:
            done = _loaded(folder, name, root)
        if done.returncode == 0:
            return from_json(done.stdout)
        seen = "\n".join(done.stderr.splitlines()[-_LAST:])
    except subprocess.TimeoutExpired:
        seen = f"nothing within {_DEADLINE_S} s"
    except ValueError as error:
        seen = str(error)
    raise _problem(told, name, seen)


@contextmanager
def archived(root: Path, revision: str) -> Generator[Path]:
    """The project as it was, in a folder that is gone afterwards.

    Raises:
        RevisionProblem: when git cannot give it.
    """
    top = _git(root, "rev-parse", "--show-prefix")
    inner = top.stdout.decode().strip() if top else ""
    with tempfile.TemporaryDirectory(prefix="seamwright-revision-") as made:
        folder = Path(made)
        packed = folder / "archive.tar"
        said = _git(root, "archive", "--format=tar", f"--output={packed}", revision, whole=True)
        if said is None or said.returncode:
            seen = said.stderr.decode(errors="replace").strip() if said else "no git"
            raise _problem(revision, str(root), seen)
        tree = folder / "tree"
        with tarfile.open(packed) as archive:
            archive.extractall(tree, filter=_inside)  # noqa: S202 - the filter keeps it inside
        yield tree / inner


def _inside(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """A member that stays within the folder; links that lead out of it are left out."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def _loaded(folder: Path, name: str, root: Path) -> subprocess.CompletedProcess[str]:
    """The process that loads the set, ended."""
    tool = str(Path(seamwright.__file__).parents[1])
    command = [sys.executable, "-P", "-m", "seamwright.drive.printed_snapshot"]
    return subprocess.run(
        [*command, name, str(folder), str(root)],
        env={**os.environ, "PYTHONPATH": tool, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_DEADLINE_S,
        check=False,
    )


def _git(
    folder: Path, *arguments: str, whole: bool = False
) -> subprocess.CompletedProcess[bytes] | None:
    """What git says in a folder (`whole`: at the top of its repository); None without git."""
    if whole:
        top = _git(folder, "rev-parse", "--show-toplevel")
        folder = Path(os.fsdecode(top.stdout).strip()) if top and not top.returncode else folder
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            env={key: value for key, value in os.environ.items() if key not in _OWN},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_DEADLINE_S,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def _problem(revision: str, name: str, seen: str) -> RevisionProblem:
    return RevisionProblem(
        expected="a contract set that this version of the tool can load",
        seen=seen,
        where=f"{name} at the revision {revision}",
        mend="name a revision that has the set, or compare OpenAPI documents instead",
    )
