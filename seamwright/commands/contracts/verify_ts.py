"""`seamwright contracts verify-ts FILE…`: whether TypeScript files still are this contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seamwright.commands.options import cache, json_option, subject_option
from seamwright.contract.derive.typescript import CLIENT_NAMES, typescript
from seamwright.contract.load import load
from seamwright.contract.system import System
from seamwright.drive.subject.project_file import load_project_file
from seamwright.drive.subject.toolchain import Toolchain
from seamwright.drive.typescript.type_comparison import (
    Difference,
    TypeComparison,
    TypeScriptProblem,
    compare_types,
)
from seamwright.exit_code import ExitCode

if TYPE_CHECKING:
    from seamwright.contract.service import Service

_LONGEST = 160
"""Characters of a type in a line; `--json` has it whole."""
_WORDS = {
    "missing": "is missing",
    "extra": "is not in the contract",
    "optional": "may be left out in one of them only",
    "type": "has another type",
    "type parameters": "has other type parameters",
}


@click.command("verify-ts", short_help="Compare TypeScript files with the contract.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@subject_option
@click.option(
    "--service",
    metavar="NAME",
    help="Whose contract it is.  [default: the service that it shares most names with]",
)
@json_option
def verify_ts(*, files: tuple[Path, ...], subject: Path, service: str | None, as_json: bool) -> int:
    """Compare the types that FILE exports with the contract's, by the TypeScript compiler.

    Types are compared by name, both ways and field by field. Names that only one of them has are
    told, and are no difference. FILE is parsed and checked, never run. There may be several.
    """
    project = load_project_file(subject)
    system = load(project.subject.contracts, System, project.root)
    contracts = {one.name: typescript(system, one) for one in _services(system, service)}
    toolchain = Toolchain(cache(), lambda text: click.echo(text, err=True))
    compared = compare_types(toolchain, contracts, files, CLIENT_NAMES)
    told = list(zip(files, compared, strict=True))
    if as_json:
        listed = [{"file": str(file), **one.model_dump(mode="json")} for file, one in told]
        click.echo(json.dumps({"files": listed}, indent=2))
    else:
        for file, one in told:
            click.echo(
                "\n".join((*(_line(file, x) for x in one.differences), *_summary(file, one)))
            )
    differ = any(one.differences for one in compared)
    return ExitCode.FINDINGS if differ else ExitCode.HOLDS


def _services(system: System, name: str | None) -> tuple[Service, ...]:
    chosen = tuple(one for one in system.services if name in (None, one.name))
    if not chosen:
        raise TypeScriptProblem(
            expected=f"one of {', '.join(one.name for one in system.services)}",
            seen=name or "a contract set without services",
            where="--service",
            mend="name a service that the contract set has",
        )
    return chosen


def _line(file: Path, one: Difference) -> str:
    dot = "." if one.path and not one.path.startswith("[") else ""
    more = [f"lacks {_cut(one.lacks)}"] if one.lacks else []
    more += [f"adds {_cut(one.adds)}"] if one.adds else []
    parts = (
        f"{one.name}{dot}{one.path} {', '.join((_WORDS[one.kind], *more))}",
        f"contract: {_cut(one.contract)}",
        f"file: {_cut(one.file)}",
    )
    return f"{file}:{one.line}: {_printable('; '.join(parts))}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _summary(file: Path, compared: TypeComparison) -> list[str]:
    names = {one.name for one in compared.differences}
    count, wrong = len(compared.compared), len(names)
    holds = f"{wrong} of them {'differs' if wrong == 1 else 'differ'}" if wrong else "all the same"
    lines = [f"{file} against {compared.service}: {count} compared, {holds}"]
    for said, others in (
        ("not in the file", compared.onlyContract),
        ("not in the contract", compared.onlyFile),
    ):
        if others:
            lines.append(f"  {said}: {_printable(', '.join(others))}")
    return lines


def _printable(text: str) -> str:
    """A stranger's text on one line, without what a terminal would obey."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
