"""`seamwright gate`: drive what services answer, and judge it: of a project, or of a stranger."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from seamwright import run
from seamwright.commands.audit import finish, waived_audit
from seamwright.commands.found_file import found_of, found_option
from seamwright.commands.options import cache, json_option, waivers_option
from seamwright.commands.progress import progress
from seamwright.commands.subject_choice import SubjectOptions, chosen_subject, service_options
from seamwright.commands.waiver_file import waivers_of
from seamwright.drive.cases.generated import Amount
from seamwright.drive.gate import GateBudget
from seamwright.drive.replay import Budget
from seamwright.report.files import replace_text, write_reports
from seamwright.report.github import annotated, step_summary
from seamwright.report.junit import junit

if TYPE_CHECKING:
    from seamwright.report.audit import Audit


@click.command()
@service_options
@click.option(
    "--cases",
    type=click.IntRange(0, 1_000_000),
    default=5_000,
    show_default=True,
    help="Generated requests, all in all.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(1, 86_400),
    help="No new generated requests after that; findings then hang on the machine's speed.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="Other random requests; the same seed gives the same.",
)
@click.option("--thorough", is_flag=True, help="Send all, also where nothing new is learnt.")
@click.option("--strict", is_flag=True, help="Rows that are unproven do not hold either.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports/gate"),
    show_default=True,
    help="Where the reports and the record go.",
)
@found_option
@waivers_option
@json_option
def gate(  # noqa: PLR0913 - the command's options
    *,
    cases: int,
    seconds: float | None,
    thorough: bool,
    seed: int,
    strict: bool,
    out: Path,
    found: Path | None,
    waivers: Path | None,
    as_json: bool,
    **told: Unpack[SubjectOptions],
) -> int:
    """Drive every endpoint well, badly and by generated cases, and judge the answers.

    Without --url the subject file says what is driven. With --url and --openapi nothing else is
    needed: the contract is made of the document, and written to OUT/contract.
    """
    patience = None if thorough else Budget().patience
    chosen = chosen_subject(told, out, "gate")
    file = None if chosen.is_foreign else chosen.project.file
    accepted = waivers_of(told["subject"], file, waivers)
    project = replace(chosen.project, found=found_of(told["subject"], file, found))
    generated = Budget(cases, patience, seconds=seconds)
    budget = GateBudget(generated, chosen.safe_only, Amount(seed=seed), chosen.is_foreign)
    with progress() as say:
        gated = run.gate(project, out, cache(), say, budget, chosen.rules)
        made = waived_audit(gated, accepted)
        write_reports(made, out)
        replace_text(out / "junit.xml", junit(made))
    _tell_github(made)
    return finish(made, gated.judgement.raised, out, strict=strict, as_json=as_json)


def _tell_github(made: Audit) -> None:
    """Annotations and a summary of the step, in a workflow of GitHub."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    lines = annotated(made)
    if lines:
        click.echo(lines, err=True)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(step_summary(made) + "\n")
