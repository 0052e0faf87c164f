"""`seamwright judge RECORD`: every report again, without running anything."""

from __future__ import annotations

from pathlib import Path

import click

from seamwright import run
from seamwright.commands.audit import finish, known_rows, waived_audit
from seamwright.commands.options import json_option, subject_option, waivers_option
from seamwright.commands.waiver_file import waivers_of
from seamwright.project import open_project
from seamwright.report.files import write_reports


@click.command()
@click.argument("record", type=click.Path(path_type=Path, file_okay=False))
@subject_option
@click.option("--only", multiple=True, metavar="ID", help="Only this row; may be repeated.")
@click.option("--strict", is_flag=True, help="Rows that are unproven do not hold either.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where the reports go.  [default: the folder that the record is in]",
)
@waivers_option
@json_option
def judge(  # noqa: PLR0913 - the command's options
    *,
    record: Path,
    subject: Path,
    only: tuple[str, ...],
    strict: bool,
    out: Path | None,
    waivers: Path | None,
    as_json: bool,
) -> int:
    """Judge a saved record again, also one that was cut short."""
    project = open_project(subject)
    rows = known_rows(project.system, only)
    accepted = waivers_of(subject, project.file, waivers)
    audited = run.judge_record(project, record)
    made = waived_audit(audited, accepted, rows)
    folder = out or record.parent
    write_reports(made, folder)
    return finish(made, audited.judgement.raised, folder, strict=strict, as_json=as_json)
