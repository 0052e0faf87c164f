"""An imported contract set on disk: written whole or not at all, and loaded once to be sure."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from seamwright.problem import HarnessProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGE = "import.md"
"""The page that is written beside the modules; where it is, an import wrote them."""
_LOADED_WITHIN_S = 120
_LONGEST = 400
_PROGRAM = """
import importlib.util, sys
folder = sys.argv[1]
spec = importlib.util.spec_from_file_location(
    "adopted_set", folder + "/__init__.py", submodule_search_locations=[folder]
)
module = importlib.util.module_from_spec(spec)
sys.modules["adopted_set"] = module
spec.loader.exec_module(module)
print(sum(len(one.endpoints) for one in module.SYSTEM.services))
"""


class AdoptionProblem(UsageProblem):
    """A contract set cannot be written where it should be."""


class UnloadableProblem(HarnessProblem):
    """What was written does not load: a fault of the tool."""


def write(folder: Path, files: Mapping[str, str], *, force: bool) -> None:
    """Write all files of a set into a folder.

    A folder that is new appears with all of them. With `force`, those of an earlier import are
    replaced, one by one and each whole; whatever else is there stays.

    Args:
        folder: whose name is that of the package.
        files: name → text.
        force: whether an earlier import may be replaced.

    Raises:
        AdoptionProblem: when the folder cannot be a package, has something in it, or cannot be
            written.
    """
    if not folder.name.isidentifier():
        raise _problem(
            folder, "a folder whose name Python can import", repr(folder.name), "rename it"
        )
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            _replace(folder, files, force=force)
        else:
            _create(folder, files)
    except OSError as error:
        seen = error.strerror or type(error).__name__
        raise _problem(
            folder, "a folder that can be written", seen, "name another folder"
        ) from error


def _create(folder: Path, files: Mapping[str, str]) -> None:
    aside = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        for name, text in files.items():
            (aside / name).write_text(text, encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replace(folder: Path, files: Mapping[str, str], *, force: bool) -> None:
    if not folder.is_dir() or not (folder / PAGE).is_file():
        seen = "a folder with other files in it" if folder.is_dir() else "a file"
        raise _problem(
            folder, "a new folder, or one that an import wrote", seen, "name another one"
        )
    if not force:
        raise _problem(folder, "a new folder", "an earlier import", "replace it with --force")
    for name, text in files.items():
        aside = folder / f".{name}.partial"
        aside.write_text(text, encoding="utf-8")
        aside.replace(folder / name)


def see_that_it_loads(folder: Path) -> None:
    """Load the set in a process of its own.

    Raises:
        UnloadableProblem: when it does not load.
    """
    command = [sys.executable, "-c", _PROGRAM, str(folder.resolve())]
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=_LOADED_WITHIN_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise _unloadable(folder, f"it did not load within {_LOADED_WITHIN_S} s") from None
    if ended.returncode:
        last = ended.stderr.strip().splitlines()[-1:] or [f"exit code {ended.returncode}"]
        raise _unloadable(folder, last[0][:_LONGEST])


def _unloadable(folder: Path, seen: str) -> UnloadableProblem:
    return UnloadableProblem(
        expected="a contract set that loads",
        seen=seen,
        where=str(folder),
        mend="report it with the document; the files are there, and may be mended by hand",
    )


def _problem(folder: Path, expected: str, seen: str, mend: str) -> AdoptionProblem:
    return AdoptionProblem(expected=expected, seen=seen, where=str(folder), mend=mend)
