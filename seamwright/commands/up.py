"""`seamwright up`: boot the subject and stay."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seamwright import run
from seamwright.commands.options import cache, json_option, subject_option
from seamwright.commands.progress import progress
from seamwright.drive.event_loop import finish
from seamwright.exit_code import ExitCode
from seamwright.judge.reproduce import variable_of
from seamwright.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.drive.subject.boot import Booted


@click.command()
@subject_option
@json_option
def up(*, subject: Path, as_json: bool) -> int:
    """Boot a subject, print its addresses, and stay until interrupted.

    The credentials of this boot are printed too: they are made anew each time.
    """
    with progress() as say:
        project = open_project(subject)
        # An interrupt is how it is ended.
        with contextlib.suppress(KeyboardInterrupt):
            finish(_stay(project, say, as_json=as_json))
    return ExitCode.HOLDS


async def _stay(project: Project, say: Callable[[str], None], *, as_json: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="seamwright-up-") as folder:
        async with run.up(project, Path(folder) / "record", cache(), say) as (running, _):
            click.echo(_as_json(running) if as_json else _as_text(running))
            say("up; interrupt to stop")
            await asyncio.Event().wait()


def _as_json(running: Booted) -> str:
    plan = running.deployment.plan
    addresses = {
        "boxes": {name: f"http://{address}" for name, address in plan.boxes.items()},
        "edges": {one.edge: f"127.0.0.1:{one.tap}" for one in plan.edges},
        "toxiproxy": f"http://127.0.0.1:{plan.toxiproxy}",
        "credentials": dict(running.credentials),
    }
    return json.dumps(addresses, ensure_ascii=False, indent=2)


def _as_text(running: Booted) -> str:
    plan = running.deployment.plan
    width = max(len(name) for name in (*plan.boxes, *(one.edge for one in plan.edges)))
    lines = [f"{name:<{width}}  {address}" for name, address in plan.boxes.items()]
    lines += [f"{one.edge:<{width}}  127.0.0.1:{one.tap}" for one in plan.edges]
    lines += [f"{'toxiproxy':<{width}}  127.0.0.1:{plan.toxiproxy}", ""]
    lines += [f"export {variable_of(name)}={one}" for name, one in running.credentials.items()]
    return "\n".join(lines)
