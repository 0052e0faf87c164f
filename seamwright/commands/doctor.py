"""`seamwright doctor`: what is found, and what would be fetched."""

from __future__ import annotations

import json
from pathlib import Path

import click

from seamwright.commands.options import cache, json_option, subject_option
from seamwright.drive.subject.project_file import load_project_file
from seamwright.drive.subject.toolchain import Tool, Toolchain
from seamwright.exit_code import ExitCode


@click.command()
@subject_option
@json_option
def doctor(*, subject: Path, as_json: bool) -> int:
    """Show the tools that a subject needs; nothing is fetched."""
    npm = None
    if subject.exists() or subject != Path("seamwright.toml"):
        file = load_project_file(subject)
        npm = file.root / file.tools.npm if file.tools.npm else None
    folder = cache()
    tools = Toolchain(folder, click.echo).tools(npm)
    if as_json:
        listed = [
            {
                "name": one.name,
                "version": one.version,
                "found": str(one.found) if one.found else None,
                "source": one.source,
            }
            for one in tools
        ]
        click.echo(json.dumps({"cache": str(folder), "tools": listed}, indent=2))
    else:
        click.echo(f"cache         {folder}")
        for one in tools:
            click.echo(_line(one))
    return ExitCode.HOLDS


def _line(one: Tool) -> str:
    if one.found:
        return f"{one.name:<13} {one.version:<10} {one.found}"
    return f"{one.name:<13} {one.version:<10} will be fetched ({one.source})"
