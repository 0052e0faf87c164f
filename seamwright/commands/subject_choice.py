"""Which subject a command drives: that of a subject file, or a service by its URL and document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from seamwright.commands.document import content
from seamwright.commands.envelope_file import read_envelope
from seamwright.commands.foreign_service import ForeignServiceProblem, foreign_service, header
from seamwright.commands.options import subject_option
from seamwright.contract.compare.wording import printable
from seamwright.contract.description.read import read
from seamwright.judge.registry import OF_ANSWERS, RULES
from seamwright.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.commands.foreign_service import ForeignService
    from seamwright.judge.rule import Rule

_Command = TypeVar("_Command", bound="Callable[..., object]")


class SubjectOptions(TypedDict):
    """The options of `service_options`, as a command gets them."""

    subject: Path
    url: str | None
    openapi: Path | None
    envelope: Path | None
    headers: tuple[str, ...]
    hosts: tuple[str, ...]
    writes: bool


@dataclass(frozen=True, slots=True)
class ChosenSubject:
    """A subject, and what a command must know of it.

    Attributes:
        project: it, ready to be driven.
        rules: those that say something of it.
        safe_only: whether only methods that change nothing are sent.
        is_foreign: whether there is nothing of it but an address and a document.
    """

    project: Project
    rules: tuple[Rule, ...] = RULES
    safe_only: bool = False
    is_foreign: bool = False


_OPTIONS = (
    subject_option,
    click.option("--url", metavar="URL", help="A service that runs already; with --openapi."),
    click.option(
        "--openapi",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Its document: OpenAPI 3.0, 3.1 or Swagger 2.0.",
    ),
    click.option(
        "--envelope",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Names the form of its answers.  [default: inferred from the document]",
    ),
    click.option(
        "--header",
        "headers",
        multiple=True,
        metavar="'NAME: VALUE'",
        help="Sent with every request.",
    ),
    click.option(
        "--allow-host",
        "hosts",
        multiple=True,
        metavar="HOST",
        help="Another machine may be driven.",
    ),
    click.option("--writes", is_flag=True, help="Change state on another machine too."),
)


def service_options(command: _Command) -> _Command:
    """The options that say which subject is driven."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_subject(told: SubjectOptions, out: Path, command: str) -> ChosenSubject:
    """The subject that the options name; of a foreign one, what was made of it is told.

    Args:
        told: the options.
        out: the folder of the reports; the contract set of a foreign service goes into it.
        command: what problems call the command.

    Raises:
        UsageProblem: when the options do not go together, or what they name is malformed.
    """
    url, openapi = told["url"], told["openapi"]
    if (url is None) != (openapi is None):
        raise _together("--url and --openapi together, or neither", command)
    if url is None or openapi is None:
        if told["envelope"] is not None:
            raise _together("--envelope with --url: a contract set names its own", command)
        return ChosenSubject(open_project(told["subject"]))
    named = read_envelope(told["envelope"]) if told["envelope"] else None
    headers = tuple(header(one) for one in told["headers"])
    description = read(content(openapi), str(openapi))
    foreign = foreign_service(url, description, out, headers, told["hosts"], named)
    _tell(foreign, out)
    safe_only = not (foreign.loopback or told["writes"])
    return ChosenSubject(foreign.project, OF_ANSWERS, safe_only, is_foreign=True)


def _tell(foreign: ForeignService, out: Path) -> None:
    """What was made of the document, and what of it could not be read, in two lines."""
    adoption = foreign.adoption
    click.echo(f"envelope: {printable(adoption.envelope)}", err=True)
    if adoption.notes:
        page = out / "contract" / "import.md"
        click.echo(
            f"{len(adoption.notes)} things of the document could not be said: {page}", err=True
        )


def _together(expected: str, command: str) -> ForeignServiceProblem:
    return ForeignServiceProblem(
        expected=expected,
        seen="one of them",
        where=f"seamwright {command}",
        mend="give both, or run in the folder of a subject file",
    )
