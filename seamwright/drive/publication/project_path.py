"""Files of a project by their path from its root: read whole, written whole or not at all.

find      where a path leads; a link that leads out of the project is refused
read      its content, or None
read_own  likewise, and None where a link is on the way
replace   written aside in the same folder, then renamed
locked    one process at a time writes
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_LARGEST = 32 * 1024 * 1024
"""Bytes of a file that are read; none that is generated has nearly as many."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW


class PublicationProblem(UsageProblem):
    """A published file cannot be read, or cannot be written where it should be."""


def find(root: Path, path: str) -> Path:
    """The place that a path leads to, links followed.

    Raises:
        PublicationProblem: when it leads out of the project, or is something else than a file.
    """
    with _told(path):
        real = (root / path).resolve()
        if not real.is_relative_to(root):
            raise PublicationProblem(
                expected="a path that stays inside of the project",
                seen=f"a link that leads to {real}",
                where=path,
                mend="take the link away, or name another place under [published]",
            )
        if real.exists() and not stat.S_ISREG(real.stat().st_mode):
            raise PublicationProblem(
                expected="a file, or nothing yet",
                seen="a folder" if real.is_dir() else "something that is no file",
                where=path,
                mend="take it away, or name another place under [published]",
            )
    return real


def read(root: Path, path: str) -> bytes | None:
    """The content of a file, cut beyond 32 MiB; None where there is none.

    Raises:
        PublicationProblem: as `find`, and when it cannot be read.
    """
    real = find(root, path)
    with _told(path):
        if not real.exists():
            return None
        with real.open("rb") as file:
            return file.read(_LARGEST)


def read_own(root: Path, path: str) -> bytes | None:
    """The content of a file that no link leads to; None where there is no such file.

    Raises:
        PublicationProblem: when it cannot be read.
    """
    with _told(path):
        place = root / path
        own = place.is_file() and place.resolve() == place
    return read(root, path) if own else None


def replace(root: Path, path: str, content: bytes) -> None:
    """Write a file aside and rename it into its place; its folders are made.

    Raises:
        PublicationProblem: as `find`, and when it cannot be written.
    """
    real = find(root, path)
    with _told(path):
        real.parent.mkdir(parents=True, exist_ok=True)
        aside = real.with_name(f".{real.name}.partial")
        try:
            with os.fdopen(os.open(aside, _NEW, 0o644), "wb") as file:
                file.write(content)
            aside.replace(real)
        finally:
            aside.unlink(missing_ok=True)


def remove(root: Path, path: str, folder: str) -> None:
    """Take a file away, and the folders below `folder` that are empty without it.

    Raises:
        PublicationProblem: as `find`, and when it cannot be taken away.
    """
    find(root, path)
    place, top = root / path, root / folder
    with _told(path):
        place.unlink(missing_ok=True)
        for above in place.parents:
            if above == top or not above.is_relative_to(top) or any(above.iterdir()):
                return
            above.rmdir()


@contextmanager
def locked(root: Path) -> Generator[None]:
    """Keep other processes that publish the same project waiting, for as long as the block runs."""
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: str) -> Generator[None]:
    """What the system refuses is told as a problem of this path."""
    try:
        yield
    # A circle of links is an OSError from Python 3.13 on, and a RuntimeError before.
    except (OSError, RuntimeError) as error:
        said = error.strerror if isinstance(error, OSError) else "a circle of links"
        raise PublicationProblem(
            expected="a file that can be read and written",
            seen=said or type(error).__name__,
            where=path,
            mend="mend the folder, or name another place under [published]",
        ) from error
