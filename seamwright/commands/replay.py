"""`seamwright replay FINDING`: the request that shows a finding, sent once more."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from seamwright import run
from seamwright.commands.foreign_service import PACKAGE, header, known_service
from seamwright.commands.options import cache, subject_option
from seamwright.commands.progress import progress
from seamwright.exit_code import ExitCode
from seamwright.judge.alone import shown_by
from seamwright.judge.finding import findings
from seamwright.judge.registry import RULES
from seamwright.problem import UsageProblem
from seamwright.project import Project, open_project
from seamwright.record.load import Record, parts
from seamwright.record.observation import Purpose, as_meant
from seamwright.report.audit import Audit
from seamwright.report.plain_text import visible

if TYPE_CHECKING:
    from seamwright.record.encoding import Head
    from seamwright.record.observation import Exchange, Response
    from seamwright.report.audit import Finding

_LONGEST = 4_000
_SAID = {
    True: "it shows again",
    False: "it does not show",
    None: "it takes more than this answer to show it: compare the two",
}


class ReplayProblem(UsageProblem):
    """A finding cannot be shown again."""


@click.command()
@click.argument("finding")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports/gate"),
    show_default=True,
    help="Where the reports and the record are.",
)
@subject_option
@click.option("--url", metavar="URL", help="Where the service is now.  [default: as recorded]")
@click.option(
    "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Sent with the request."
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="HOST", help="Another machine may be asked."
)
def replay(
    *,
    finding: str,
    folder: Path,
    subject: Path,
    url: str | None,
    headers: tuple[str, ...],
    hosts: tuple[str, ...],
) -> int:
    """Send the request that shows FINDING once more, and say whether it shows it again.

    A subject of our own is booted for it; a stranger's service must be running.
    """
    found = _found(folder, finding)
    head, exchange = _exchange(folder, found)
    if (folder / PACKAGE).is_dir():
        told = tuple(header(one) for one in headers)
        project = known_service(url or exchange.base_url, folder / PACKAGE, told, hosts)
    else:
        project = open_project(subject)
    with progress() as say, tempfile.TemporaryDirectory() as aside:
        again = run.replay(project, exchange, Path(aside), cache(), say)
    if again is None or again.case is None or exchange.case is None:
        raise ReplayProblem(
            expected="a request that can be sent by itself",
            seen=f"{exchange.edge}, which is not the harness's own",
            where=f"finding {found.id}",
            mend="run the gate again",
        )
    click.echo(f"{found.code} {visible(found.message, _LONGEST)}")
    click.echo(f"{visible(found.curl, _LONGEST)}\n")
    click.echo(_answer(again.response, again.failure))
    shown = _shows(project, head, found, exchange, again)
    click.echo(f"\n{found.id}: {_SAID[shown]}")
    return ExitCode.HOLDS if shown is False else ExitCode.FINDINGS


def _found(folder: Path, name: str) -> Finding:
    path = folder / "audit.json"
    try:
        audit = Audit.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ReplayProblem(
            expected="the audit of a gate or an audit",
            seen=str(error).splitlines()[0],
            where=str(path),
            mend="name the folder of its reports with --from",
        ) from error
    every = {one.id: one for one in (*audit.waived, *audit.findings)}
    found = [one for id_, one in every.items() if id_.startswith(name) and name]
    if len(found) != 1:
        known = ", ".join(f"{one.id} ({one.code})" for one in list(every.values())[:40])
        raise ReplayProblem(
            expected=f"the name of a finding: {known or 'there is none'}",
            seen=f"{visible(name, 80)!r}",
            where=str(path),
            mend="write enough of its name",
        )
    return found[0]


def _exchange(folder: Path, found: Finding) -> tuple[Head, Exchange]:
    """The head of the record, and the first exchange that the finding shows."""
    wanted = [one.id for one in found.evidence]
    known: dict[str, Exchange] = {}
    head: Head | None = None
    for part in parts(folder / "record", {}, run.PART):
        head = part.head
        several = (*part.driven(), *part.asked_again)
        known |= {one.id: one for one in several if one.id in wanted}
    exchange = next((known[id_] for id_ in wanted if id_ in known), None)
    if head is None or exchange is None:
        raise ReplayProblem(
            expected="a finding that a request shows",
            seen=f"it is shown by {found.evidence[0].what if found.evidence else 'nothing'}",
            where=f"finding {found.id}",
            mend=f"read what it is about: seamwright explain {found.code}",
        )
    return head, exchange


def _shows(
    project: Project, head: Head, found: Finding, first: Exchange, again: Exchange
) -> bool | None:
    """Whether the rule says of the new exchange what it says of the recorded one.

    None where it says nothing of the recorded one by itself.
    """
    rule = next((one for one in RULES if one.code == found.code), None)
    if rule is None:
        return None
    before, after = as_meant(first, Purpose.GENERATED), as_meant(again, Purpose.GENERATED)
    said = [
        one
        for one in findings(rule.judge(project.system, Record(head, (before,))))
        if one.message == found.message or one.name == found.id
    ]
    if not said:
        return None
    return any(shown_by(rule, project.system, head, one, after) for one in said)


def _answer(response: Response | None, failure: str) -> str:
    if response is None:
        return f"no answer: {visible(failure, _LONGEST)}"
    lines = [f"HTTP {response.status}"]
    lines += [visible(f"{name}: {value}", _LONGEST) for name, value in response.headers]
    text = response.body.decode(errors="replace")
    return "\n".join([*lines, "", visible(text, _LONGEST)])
