"""`seamwright contracts check`: whether what is published is what the contract set says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from seamwright.commands.contracts.generate import opened
from seamwright.commands.options import json_option, subject_option
from seamwright.contract.derive.staleness import stale_files
from seamwright.drive.publication.publication import found, leftovers
from seamwright.exit_code import ExitCode
from seamwright.report.stale_files import as_github, as_text
from seamwright.report.stale_files import as_json as as_object

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check", short_help="Tell which published files are out of date.")
@subject_option
@json_option
@click.option("--github", "as_annotations", is_flag=True, help="Print annotations for GitHub.")
def up_to_date(*, subject: Path, as_json: bool, as_annotations: bool) -> int:
    """Tell which published files are out of date, and how they differ. Nothing is written.

    The exit code is 1 when a file is missing, is not what the contract set says, or is left over.
    """
    one = opened(subject)
    there = found(one)
    left = {path: gone.content for path, gone in leftovers(one, there).items()}
    stale = stale_files(one.files, {**there, **left})
    form = as_object if as_json else as_github if as_annotations else as_text
    click.echo(form(stale, len(one.files)))
    return ExitCode.FINDINGS if stale else ExitCode.HOLDS
