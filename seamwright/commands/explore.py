"""`seamwright explore`: search for what a gate does not see, and keep it for later gates."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from seamwright import run
from seamwright.commands.found_file import (
    FILE_NAME,
    found_option,
    found_path,
    read_found,
    write_found,
)
from seamwright.commands.options import cache, json_option
from seamwright.commands.progress import progress
from seamwright.commands.subject_choice import SubjectOptions, chosen_subject, service_options
from seamwright.drive.cases.bad import bad_cases
from seamwright.drive.corpus.build import corpus
from seamwright.drive.event_loop import finish
from seamwright.drive.explore import Bounds, Watchers
from seamwright.drive.explore import explore as searched
from seamwright.drive.gate import GateBudget, GatePlan
from seamwright.drive.knowledge import Knowledge
from seamwright.exit_code import ExitCode
from seamwright.report.plain_text import visible

if TYPE_CHECKING:
    from seamwright.commands.progress import Progress
    from seamwright.commands.subject_choice import ChosenSubject
    from seamwright.drive.corpus.found import Found

_LONGEST = 240
_SHOWN = 40


@click.command()
@service_options
@found_option
@click.option(
    "--minutes",
    type=click.FloatRange(0.01, 1_440),
    default=5.0,
    show_default=True,
    help="Of searching, after what a gate sends.",
)
@click.option(
    "--requests",
    type=click.IntRange(1),
    metavar="N",
    help="No more than so many, of searching.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="Another one searches elsewhere.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports/explore"),
    show_default=True,
    help="Where the contract set of a foreign service goes.",
)
@json_option
def explore(
    *,
    found: Path | None,
    minutes: float,
    requests: int | None,
    seed: int,
    out: Path,
    as_json: bool,
    **told: Unpack[SubjectOptions],
) -> int:
    """Search for answers that a gate does not bring about, and keep the requests that do.

    They go into a file that the team commits; `gate` and `audit` send all of it. Ctrl-C ends the
    search and loses nothing.
    """
    chosen = chosen_subject(told, out, "explore")
    file = None if chosen.is_foreign else chosen.project.file
    path = found_path(told["subject"], file, found) or Path(FILE_NAME)
    before = read_found(path) if path.exists() else ()
    chosen = replace(chosen, project=replace(chosen.project, found=before))
    known = Knowledge()
    with progress() as say:
        watchers = _watchers(known, path, before, say)
        bounds = Bounds(minutes * 60, requests, seed)
        try:
            finish(_explored(chosen, known, bounds, watchers, say))
        except KeyboardInterrupt:
            say("ended by hand; what was found is kept")
    click.echo(_as_json(known, path) if as_json else _summary(known, path, len(before)))
    if known.sent and not known.has_answers:
        click.echo("nobody answered: is the service up?", err=True)
        return ExitCode.HARNESS
    return ExitCode.HOLDS


async def _explored(
    chosen: ChosenSubject, known: Knowledge, bounds: Bounds, watchers: Watchers, say: Progress
) -> None:
    project, budget = chosen.project, GateBudget(safe_only=chosen.safe_only)
    making = asyncio.create_task(corpus(project.system, budget.made, cache(), say))
    chance = random.Random(bounds.seed)  # noqa: S311 - a search, not a secret
    try:
        with tempfile.TemporaryDirectory() as aside:
            async with run.up(project, Path(aside) / "record", cache(), say) as (running, journal):
                stage = run.stage_of(project, running, journal, say)
                bad = bad_cases(project.system)
                plan = GatePlan(project.conformance, bad, making, budget, project.found)
                await searched(stage, plan, known, bounds, (chance.randrange, watchers))
    finally:
        making.cancel()


def _watchers(known: Knowledge, path: Path, before: tuple[Found, ...], say: Progress) -> Watchers:
    def kept(one: Found) -> None:
        # At once and whole: whatever ends the search, what it has found by now is there.
        write_found(path, (*before, *known.found))
        say(f"new: {_words(one)}")

    def now(left_s: float) -> None:
        say.now(
            f"{known.sent:,} requests, {known.before} behaviours known before, "
            f"{known.new} new, {max(left_s, 0):.0f} s left"
        )

    return Watchers(kept, now)


def _summary(known: Knowledge, path: Path, before: int) -> str:
    lines: list[str] = []
    for one in known.found[:_SHOWN]:
        lines += [_words(one), f"       {_asked(one)}", ""]
    if len(known.found) > _SHOWN:
        lines += [f"… and {len(known.found) - _SHOWN} more", ""]
    if known.silent:
        lines += [f"no answer any more from {', '.join(sorted(known.silent))}", ""]
    lines.append(
        f"{known.sent:,} requests; {known.before} behaviours known before, {known.new} new, "
        f"shown by {len(known.found)} requests that were kept"
    )
    if known.fleeting:
        lines.append(f"{known.fleeting} more were not shown again, or hang on the state alone")
    if known.left:
        lines.append(f"{known.left} more left out: of endpoints that answer ever new things")
    total = before + len(known.found)
    lines.append(f"{path}: {total} requests" if total else "nothing was kept")
    return "\n".join(lines)


def _as_json(known: Knowledge, path: Path) -> str:
    told = {
        "format": 1,
        "requests": known.sent,
        "before": known.before,
        "new": known.new,
        "kept": [
            {
                "service": one.service,
                "endpoint": one.endpoint,
                "showed": one.showed,
                "request": _asked(one),
            }
            for one in known.found
        ],
        "fleeting": known.fleeting,
        "left": known.left,
        "silent": sorted(known.silent),
        "file": str(path),
    }
    return json.dumps(told, indent=2)


def _words(one: Found) -> str:
    return visible(f"{one.service} {one.endpoint}: {one.showed}", _LONGEST)


def _asked(one: Found) -> str:
    request = one.request
    body = request.body.decode(errors="replace")
    return visible(f"{request.method} {request.target} {body}".rstrip(), _LONGEST)
