"""`seamwright contracts diff OLD NEW`: what a change of a contract breaks."""

from __future__ import annotations

from pathlib import Path

import click

from seamwright.commands.options import subject_option
from seamwright.contract.compare.comparison import Reader, compare
from seamwright.exit_code import ExitCode
from seamwright.report.contract_diff import as_github, as_json, as_text

_FORMATS = {"text": as_text, "json": as_json, "github": as_github}


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@subject_option
@click.option(
    "--for",
    "reader",
    type=click.Choice([one.value for one in Reader]),
    default=Reader.CONSUMERS.value,
    show_default=True,
    help="Whom a change must not break.",
)
@click.option("--service", metavar="NAME", help="Only this service of a contract set.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="text",
    show_default=True,
    help="How the changes are told.",
)
def diff(
    *, old: str, new: str | None, subject: Path, reader: str, service: str | None, form: str
) -> int:
    """Tell what changed from OLD to NEW, and whom it breaks.

    OLD and NEW are OpenAPI documents (FILE or REVISION:FILE), contract sets (`module:ATTRIBUTE`),
    or git revisions of the set that the subject file names. Without NEW it is that set as it is
    now. The exit code is 1 when something breaks and the version did not move.
    """
    # What reads documents takes long to import; the other commands start without it.
    from seamwright.commands.contracts.source import (  # noqa: PLC0415
        Place,
        alike,
        narrowed,
        unread,
    )

    place = Place(subject, Path.cwd())
    before = narrowed(place.source(old), service)
    after = narrowed(place.source(new), service)
    alike(before, after)
    for word, taken in (("OLD", before), ("NEW", after)):
        for note in unread(taken):
            click.echo(f"{word} {note}", err=True)
    compared = compare(before, after)
    judged = Reader(reader)
    click.echo(_FORMATS[form](compared, judged))
    broken = compared.broken(judged) and not compared.moved
    return ExitCode.FINDINGS if broken else ExitCode.HOLDS
