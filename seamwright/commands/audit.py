"""`seamwright audit`: boot the subject, drive it, judge it, write the reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seamwright import run
from seamwright.commands.found_file import found_of
from seamwright.commands.options import cache, json_option, subject_option, today, waivers_option
from seamwright.commands.progress import progress
from seamwright.commands.waiver_file import waivers_of
from seamwright.exit_code import ExitCode
from seamwright.judge.waived import lay
from seamwright.problem import UsageProblem
from seamwright.project import open_project
from seamwright.report.assemble import assemble
from seamwright.report.files import write_reports
from seamwright.report.terminal import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seamwright.contract.system import System
    from seamwright.judge.waiver import Waiver
    from seamwright.report.audit import Audit


class OnlyProblem(UsageProblem):
    """`--only` names a row that there is not."""


@click.command()
@subject_option
@click.option("--only", multiple=True, metavar="ID", help="Only this row; may be repeated.")
@click.option("--strict", is_flag=True, help="Rows that are unproven do not hold either.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports/audit"),
    show_default=True,
    help="Where the reports and the record go.",
)
@waivers_option
@json_option
def audit(
    *,
    subject: Path,
    only: tuple[str, ...],
    strict: bool,
    out: Path,
    waivers: Path | None,
    as_json: bool,
) -> int:
    """Audit a subject: every row of its checklists, with the evidence."""
    with progress() as say:
        project = open_project(subject)
        project = replace(project, found=found_of(subject, project.file, None))
        rows = known_rows(project.system, only)
        accepted = waivers_of(subject, project.file, waivers)
        audited = run.audit(project, out, cache(), say)
        made = waived_audit(audited, accepted, rows)
        write_reports(made, out)
    return finish(made, audited.judgement.raised, out, strict=strict, as_json=as_json)


def waived_audit(
    audited: run.Audited, waivers: Sequence[Waiver], rows: frozenset[str] = frozenset()
) -> Audit:
    """The audit with the waivers laid over what was found, as they hold today."""
    system = audited.project.system
    waived = lay(system, audited.judgement, waivers, today())
    told = (rows, waived.waivers, audited.project.envelope)
    return assemble(system, audited.record, waived.judgement, *told)


def known_rows(system: System, only: Iterable[str]) -> frozenset[str]:
    """The rows that `--only` names.

    Raises:
        OnlyProblem: when the system has no such row.
    """
    rows = [*system.checklist, *system.recovery, *system.failure_modes]
    ids = [row.id for row in rows]
    for one in only:
        if one not in ids:
            raise OnlyProblem(
                expected=f"one of {', '.join(ids)}",
                seen=repr(one),
                where="--only",
                mend="name a row by its id",
            )
    return frozenset(only)


def finish(
    made: Audit, raised: tuple[tuple[str, str], ...], out: Path, *, strict: bool, as_json: bool
) -> int:
    """Say how it ended, and with which exit code."""
    click.echo(made.model_dump_json(indent=2, by_alias=True) if as_json else summary(made, out))
    for code, said in raised:
        click.echo(f"rule {code} itself failed: {said}", err=True)
    if raised:
        return ExitCode.HARNESS
    if not made.holds or (strict and any(one.open for one in made.rows)):
        return ExitCode.FINDINGS
    return ExitCode.HOLDS
