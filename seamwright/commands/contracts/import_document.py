"""`seamwright contracts import FILE`: a first contract set of an OpenAPI or Swagger document."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seamwright.commands.document import content
from seamwright.commands.options import json_option
from seamwright.contract.adopt import adopt
from seamwright.contract.compare.wording import printable
from seamwright.contract.description.read import read
from seamwright.drive.adopted_set import PAGE, AdoptionProblem, see_that_it_loads, write
from seamwright.exit_code import ExitCode
from seamwright.report.import_report import grouped, import_report

if TYPE_CHECKING:
    from seamwright.contract.adopt import Adoption
    from seamwright.contract.description.document import Description

_SHOWN = 5
_MOST_LOADED = 1_000
"""Messages of a set that is loaded to be sure; larger ones take Python several seconds."""
_NAME = re.compile(r"[a-z][a-z0-9_-]*")


@click.command("import", short_help="Make a first contract set of an OpenAPI document.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path("contracts"),
    show_default=True,
    help="The folder of the set; its name is that of the Python package.",
)
@click.option("--name", metavar="NAME", help="Of the system.  [default: made of the title]")
@click.option("--service", metavar="NAME", help="Of its service.  [default: made of the title]")
@click.option("--force", is_flag=True, help="Replace what an earlier import wrote into DIR.")
@json_option
def import_document(
    *, file: Path, out: Path, name: str | None, service: str | None, force: bool, as_json: bool
) -> int:
    """Make a first contract set of an OpenAPI 3.0, 3.1 or Swagger 2.0 document.

    DIR becomes a Python package whose `SYSTEM` is the set, and DIR/import.md says what was taken
    over and what could not be. FILE is JSON or YAML; nothing that it refers to is fetched.
    """
    description = read(content(file), str(file))
    called = _slug(description.title) or "api"
    adoption = adopt(
        description, _named("--name", name, called), _named("--service", service, called)
    )
    page = import_report(description, adoption, file.name)
    write(out, {**adoption.files, PAGE: page}, force=force)
    loads = adoption.messages <= _MOST_LOADED
    if loads:
        see_that_it_loads(out)
    if as_json:
        click.echo(json.dumps(_as_json(adoption, out), indent=2))
    else:
        click.echo("\n".join(_lines(file, out, description, adoption, loads=loads)))
    return ExitCode.HOLDS


def _slug(title: str) -> str:
    made = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:40].strip("-")
    return made if _NAME.fullmatch(made) else ""


def _named(option: str, given: str | None, otherwise: str) -> str:
    if given is not None and not _NAME.fullmatch(given):
        raise AdoptionProblem(
            expected="small letters, digits, `-` and `_`, a letter first",
            seen=repr(given),
            where=option,
            mend="give another name",
        )
    return given or otherwise


def _lines(
    file: Path, out: Path, description: Description, adoption: Adoption, *, loads: bool
) -> list[str]:
    said = f"{printable(description.title)} {printable(description.version)}".strip()
    told = f"{adoption.endpoints:,} endpoints, {adoption.messages:,} messages"
    lines = [
        f"{file} ({description.dialect}, {said}): {told}",
        f"envelope: {printable(adoption.envelope)}",
    ]
    kinds = grouped(adoption.notes)
    for same in list(kinds.values())[:_SHOWN]:
        more = f" ({len(same):,} times)" if len(same) > 1 else ""
        lines.append(f"not said: {printable(same[0].said)}{more}")
    if len(kinds) > _SHOWN:
        lines.append(f"and {len(kinds) - _SHOWN} other kinds of things that could not be said")
    lines.append(f"wrote {out}/: the set is {out.name}:SYSTEM, what it lacks is in {out / PAGE}")
    if not loads:
        lines.append("it was not loaded to see that it does: it is large")
    return lines


def _as_json(adoption: Adoption, out: Path) -> dict[str, object]:
    return {
        "format": 1,
        "set": f"{out.name}:SYSTEM",
        "files": [str(out / name) for name in (*adoption.files, PAGE)],
        "endpoints": adoption.endpoints,
        "messages": adoption.messages,
        "envelope": adoption.envelope,
        "notes": [{"pointer": one.pointer, "said": one.said} for one in adoption.notes],
    }
