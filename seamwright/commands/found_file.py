"""The file of requests that searches kept: where it lies, read and written whole.

Both end in FoundProblem: the file is missing where it was named, cannot be read or written, or is
malformed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from seamwright.commands.small_file import UnreadableError, small_text
from seamwright.drive.corpus.found import dumped_found, found_problem, parsed_found
from seamwright.report.files import replace_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from seamwright.drive.corpus.found import Found
    from seamwright.drive.subject.project_file import ProjectFile

FILE_NAME = "found.ndjson"
"""Beside the subject file, where it says nothing else."""

_LARGEST = 1 << 26

_Command = TypeVar("_Command", bound="Callable[..., object]")


def found_option(command: _Command) -> _Command:
    """`--found FILE`."""
    return click.option(
        "--found",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Requests that `explore` kept.  "
        "[default: as the subject file says, or found.ndjson beside it]",
    )(command)


def found_path(subject: Path, file: ProjectFile | None, named: Path | None) -> Path | None:
    """Where they lie: where `--found` says, else where the subject file does; None of nowhere.

    Args:
        subject: the subject file's path.
        file: what it says; None where there is no subject file.
        named: what `--found` says.
    """
    if named is not None or file is None:
        return named
    return subject.parent / (file.subject.found or FILE_NAME)


def found_of(subject: Path, file: ProjectFile | None, named: Path | None) -> tuple[Found, ...]:
    """What is sent again; nothing where nobody has named a file and there is none yet.

    Raises:
        FoundProblem: when a file that was named cannot be read, or one is malformed.
    """
    path = found_path(subject, file, named)
    if path is None or not (named is not None or path.exists()):
        return ()
    return read_found(path)


def read_found(path: Path) -> tuple[Found, ...]:
    """The requests of a file.

    Raises:
        FoundProblem: when it cannot be read, or is malformed.
    """
    try:
        text = small_text(path, _LARGEST)
    except UnreadableError as error:
        raise found_problem(str(error), str(path)) from error
    return parsed_found(text, str(path))


def write_found(path: Path, found: Iterable[Found]) -> None:
    """Write a file whole, in place of the one that was there.

    Raises:
        FoundProblem: when it cannot be written.
    """
    path = path.resolve()  # a link stays a link: what it leads to is replaced
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, dumped_found(found))
    except OSError as error:
        raise found_problem(error.strerror or type(error).__name__, str(path)) from error
