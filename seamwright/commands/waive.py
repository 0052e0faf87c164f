"""`seamwright waive RULE ENDPOINT`: write a waiver, with its owner, its reason and its last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from seamwright.commands.options import subject_option, today, waivers_option
from seamwright.commands.waiver_entry import make_waiver, waiver_problem
from seamwright.commands.waiver_file import add_waiver, waiver_path
from seamwright.drive.subject.project_file import load_project_file
from seamwright.exit_code import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = timedelta(days=366)


@click.command()
@click.argument("rule")
@click.argument("endpoint")
@click.option("--owner", required=True, metavar="WHO", help="Who answers for it.")
@click.option("--reason", required=True, metavar="WHY", help="Why it is accepted.")
@click.option(
    "--expires", required=True, metavar="DATE", help="Its last day, as 2027-01-31; within a year."
)
@waivers_option
@subject_option
def waive(  # noqa: PLR0913 - the command's options
    *,
    rule: str,
    endpoint: str,
    owner: str,
    reason: str,
    expires: str,
    waivers: Path | None,
    subject: Path,
) -> int:
    """Accept what RULE finds at ENDPOINT for a while; it stays in every report.

    ENDPOINT is 'SERVICE METHOD /path/template', 'SERVICE *', or '*' for the system as a whole.
    """
    last = last_day(expires, today())
    new = make_waiver(
        {
            "rule": rule.upper(),
            "endpoint": endpoint,
            "owner": owner,
            "reason": reason,
            "expires": last,
        },
        "seamwright waive",
    )
    path = waiver_path(subject, None if waivers else load_project_file(subject), waivers)
    if path is not None:  # there is one: of the option, or of the subject file
        add_waiver(path, new)
        click.echo(f"{path}: {new.rule} {new.endpoint} {new.words}")
    return ExitCode.HOLDS


def last_day(text: str, today: date) -> date:
    """The last day of a new waiver.

    Raises:
        WaiverProblem: when it is no date, has passed, or is more than 366 days ahead.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is not None and day.isoformat() == text and today <= day <= today + _LONGEST:
        return day
    raise waiver_problem(
        f"a day from {today.isoformat()} to {(today + _LONGEST).isoformat()}",
        repr(text),
        "--expires",
        "name a day as 2027-01-31; a waiver can be renewed, and never lasts longer than a year",
    )
