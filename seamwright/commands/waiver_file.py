"""The file of waivers, read and added to: whole or not at all.

Both end in WaiverProblem: the file is missing where it was named, cannot be read or written, or
is malformed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.commands.small_file import TooLargeError, UnreadableError, small_text
from seamwright.commands.waiver_entry import KEYS, line_of_waiver, parse_waivers, waiver_problem
from seamwright.report.files import replace_text

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.drive.subject.project_file import ProjectFile
    from seamwright.judge.waiver import Waiver

_FILE_NAME = "waivers.toml"
"""Beside the subject file, where it says nothing else."""

_LARGEST = 1 << 20


def waiver_path(subject: Path, file: ProjectFile | None, named: Path | None) -> Path | None:
    """Where waivers lie: where `--waivers` says, else where the subject file does.

    Args:
        subject: the subject file's path.
        file: what it says; None where there is no subject file.
        named: what `--waivers` says.
    """
    if named is not None or file is None:
        return named
    return subject.parent / (file.subject.waivers or _FILE_NAME)


def waivers_of(subject: Path, file: ProjectFile | None, named: Path | None) -> tuple[Waiver, ...]:
    """The waivers that hold for a run; none where nobody names a file and the usual one is missing.

    Raises:
        WaiverProblem: when a file that was named cannot be read, or one is malformed.
    """
    path = waiver_path(subject, file, named)
    is_told = named is not None or (file is not None and file.subject.waivers is not None)
    if path is None or not (is_told or path.exists()):
        return ()
    return read_waivers(path)


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order.

    Raises:
        WaiverProblem: when the file cannot be read, or is not of the documented form.
    """
    return parse_waivers(_text(path), str(path))


def add_waiver(path: Path, new: Waiver) -> None:
    """Write one more waiver into a file, whole or not at all; what is in it stays as it is.

    Raises:
        WaiverProblem: when the file is malformed, has this waiver already, or cannot be written.
    """
    path = path.resolve()  # a link stays a link: what it leads to is replaced
    old = _text(path) if path.exists() else ""
    for number, one in enumerate(parse_waivers(old, str(path))):
        if (one.rule, one.endpoint) == (new.rule, new.endpoint):
            raise waiver_problem(
                "one waiver for a rule at a place",
                f"{one.rule} {one.endpoint}, {one.words}",
                f"{path}:{line_of_waiver(old, ('waiver', number, 'rule'))}",
                "change its last day there, or take it out first",
            )
    end = "\r\n" if "\r\n" in old else "\n"
    gap = "" if not old else end if old.endswith("\n") else end * 2
    text = old + gap + _written(new).replace("\n", end)
    if new not in parse_waivers(text, str(path)):  # pragma: no cover - what is written is read
        raise waiver_problem(
            "a file that can be added to", "another form", str(path), "add it by hand"
        )
    try:
        replace_text(path, text)
    except OSError as error:
        seen = error.strerror or type(error).__name__
        raise waiver_problem(
            "a file that can be written", seen, str(path), "name another file"
        ) from error


def _written(one: Waiver) -> str:
    told = (one.rule, one.endpoint, one.owner, one.reason)
    lines = [f"{key} = {_quoted(text)}" for key, text in zip(KEYS, told, strict=False)]
    return "\n".join(["[[waiver]]", *lines, f"expires = {one.expires.isoformat()}", ""])


def _quoted(text: str) -> str:
    """A basic string of TOML; there are no control characters in the text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(path: Path) -> str:
    """The file's text, its line ends as they are."""
    try:
        return small_text(path, _LARGEST)
    except TooLargeError as error:
        mend = "take out what is over"
        raise waiver_problem("a file of waivers", str(error), str(path), mend) from error
    except UnreadableError as error:
        mend = "name another file, or write the first waiver with seamwright waive"
        raise waiver_problem("a file of waivers in TOML", str(error), str(path), mend) from error
