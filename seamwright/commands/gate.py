"""`seamwright gate`: drive what services answer, and judge it: of a project, or of a stranger."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seamwright import run
from seamwright.commands.audit import finish, waived_audit
from seamwright.commands.document import content
from seamwright.commands.foreign_service import ForeignServiceProblem, foreign_service, header
from seamwright.commands.options import cache, json_option, subject_option, waivers_option
from seamwright.commands.progress import progress
from seamwright.commands.waiver_file import waivers_of
from seamwright.contract.compare.wording import printable
from seamwright.contract.description.read import read
from seamwright.drive.cases.generated import Amount
from seamwright.drive.gate import GateBudget
from seamwright.drive.replay import Budget
from seamwright.judge.registry import OF_ANSWERS, RULES
from seamwright.report.files import replace_text, write_reports
from seamwright.report.github import annotated, step_summary
from seamwright.report.junit import junit

if TYPE_CHECKING:
    from seamwright.commands.foreign_service import ForeignService
    from seamwright.report.audit import Audit


@click.command()
@subject_option
@click.option("--url", metavar="URL", help="A service that runs already; with --openapi.")
@click.option(
    "--openapi",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Its document: OpenAPI 3.0, 3.1 or Swagger 2.0.",
)
@click.option(
    "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Sent with every request."
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="HOST", help="Another machine may be driven."
)
@click.option("--writes", is_flag=True, help="Change state on another machine too.")
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
@waivers_option
@json_option
def gate(  # noqa: PLR0913 - the command's options
    *,
    subject: Path,
    url: str | None,
    openapi: Path | None,
    headers: tuple[str, ...],
    hosts: tuple[str, ...],
    writes: bool,
    cases: int,
    seconds: float | None,
    thorough: bool,
    seed: int,
    strict: bool,
    out: Path,
    waivers: Path | None,
    as_json: bool,
) -> int:
    """Drive every endpoint well, badly and by generated cases, and judge the answers.

    Without --url the subject file says what is driven. With --url and --openapi nothing else is
    needed: the contract is made of the document, and written to OUT/contract.
    """
    if (url is None) != (openapi is None):
        raise ForeignServiceProblem(
            expected="--url and --openapi together, or neither",
            seen="one of them",
            where="seamwright gate",
            mend="give both, or run in the folder of a subject file",
        )
    patience = None if thorough else Budget().patience
    generated, amount = Budget(cases, patience, seconds=seconds), Amount(seed=seed)
    if url is None or openapi is None:
        project, rules, budget = (
            run.open_project(subject),
            RULES,
            GateBudget(generated, made=amount),
        )
        accepted = waivers_of(subject, project.file, waivers)
    else:
        accepted = waivers_of(subject, None, waivers)
        told = tuple(header(one) for one in headers)
        description = read(content(openapi), str(openapi))
        foreign = foreign_service(url, description, out, told, hosts)
        _tell(foreign, out)
        project, rules = foreign.project, OF_ANSWERS
        safe_only = not (foreign.loopback or writes)
        budget = GateBudget(generated, safe_only, amount)
    with progress() as say:
        gated = run.gate(project, out, cache(), say, budget, rules)
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


def _tell(foreign: ForeignService, out: Path) -> None:
    """What was made of the document, and what of it could not be read, in two lines."""
    adoption = foreign.adoption
    click.echo(f"envelope: {printable(adoption.envelope)}", err=True)
    if adoption.notes:
        page = out / "contract" / "import.md"
        click.echo(
            f"{len(adoption.notes)} things of the document could not be said: {page}", err=True
        )
