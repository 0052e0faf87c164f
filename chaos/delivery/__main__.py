"""`python -m chaos.delivery --seed 3`: one run; the last line on standard output is its tally.

Exit code 0 when every accepted email arrived exactly once, 1 when not, 2 and 3 as `seamwright` has
them.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chaos.delivery.drill import play
from chaos.delivery.plan import Plan
from seamwright.commands.options import cache, subject_option
from seamwright.commands.progress import progress
from seamwright.exit_code import ExitCode
from seamwright.problem import HarnessProblem, UsageProblem

if TYPE_CHECKING:
    from chaos.delivery.drill import Tally

_USUAL = Plan()


@click.command()
@subject_option
@click.option("--seed", default=_USUAL.seed, show_default=True, help="Of all that is drawn.")
@click.option(
    "--emails",
    type=click.IntRange(20, 10_000),
    default=_USUAL.emails,
    show_default=True,
    help="How many are ordered.",
)
@click.option(
    "--kills",
    type=click.IntRange(0, 18),
    default=_USUAL.kills,
    show_default=True,
    help="How often the worker is killed.",
)
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the record in this folder.")
def main(*, subject: Path, seed: int, emails: int, kills: int, keep: Path | None) -> None:
    """Order emails while parts fail and the worker is killed, and count what arrives."""
    plan = Plan(seed, emails, kills)
    try:
        tally = _played(plan, subject, keep)
    except UsageProblem as problem:
        click.echo(problem, err=True)
        sys.exit(ExitCode.USAGE)
    except HarnessProblem as problem:
        click.echo(problem, err=True)
        sys.exit(ExitCode.HARNESS)
    click.echo(json.dumps(tally.line()))
    sys.exit(ExitCode.HOLDS if tally.holds(plan) else ExitCode.FINDINGS)


def _played(plan: Plan, subject: Path, keep: Path | None) -> Tally:
    with tempfile.TemporaryDirectory(prefix="seamwright-delivery-") as folder, progress() as say:
        record = (keep or Path(folder)) / "record"
        return asyncio.run(play(plan, subject, (record, cache()), say))


if __name__ == "__main__":
    main()
