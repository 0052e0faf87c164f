"""`seamwright contracts generate`: the published files, brought up to date."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import click

from seamwright.commands.options import subject_option
from seamwright.contract.load import load
from seamwright.contract.system import System
from seamwright.drive.publication.generation import generate as generate_files
from seamwright.drive.publication.publication import Publication, publication
from seamwright.drive.subject.project_file import load_project_file
from seamwright.exit_code import ExitCode
from seamwright.report.plain_text import visible

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 400


@click.command(short_help="Write what is published of the contract set.")
@subject_option
def generate(*, subject: Path) -> int:
    """Write what is published of the contract set, where the subject file says under [published].

    Only files that are out of date are written, each whole or not at all. A file that was
    generated once and that nothing generates any more is removed, unless somebody changed it.
    """
    made = generate_files(opened(subject))
    for word, paths in (("wrote", made.written), ("removed", made.removed)):
        for path in paths:
            click.echo(f"{word} {visible(path, _LONGEST)}")
    for path in made.kept:
        click.echo(
            f"kept {visible(path, _LONGEST)}: nothing generates it any more, but it was changed "
            "since it was generated; it is yours now"
        )
    click.echo(
        f"{len(made.written)} written, {len(made.unchanged)} unchanged, {len(made.removed)} removed"
    )
    return ExitCode.HOLDS


def opened(subject: Path) -> Publication:
    """What a subject file wants published.

    Raises:
        UsageProblem: when it or its contract set is malformed, or nothing is to be published.
    """
    file = load_project_file(subject)
    # What a set prints while it is imported is no part of the answer.
    with redirect_stdout(sys.stderr):
        system = load(file.subject.contracts, System, file.root)
    return publication(file, system)
