"""What a box is told: its command and its environment, all placeholders filled.

{port} {port.NAME}                 where it listens (NAME of `provides`)
{edge.CALLEE} .host .port          where it reaches another box: through its own tap
{secret.NAME} {duration.NAME}      of the subject file
{python} {node} {npm} {cache} {tmp} {root}
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.drive.subject.address import port_of
from seamwright.drive.subject.placeholder import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.drive.subject.address import Plan
    from seamwright.drive.subject.project_file import ProjectFile

_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "VIRTUAL_ENV")
"""What boxes get of the harness's own environment: the rest is theirs to be told."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How one box is started: exactly one of module and command."""

    box: str
    module: str | None
    command: tuple[str, ...]
    env: dict[str, str]


def launches(project: ProjectFile, plan: Plan, values: Mapping[str, str]) -> tuple[Launch, ...]:
    """Every box that is to be started.

    Args:
        project: the subject file.
        plan: all addresses.
        values: the placeholders that are the same for every box.

    Raises:
        PlaceholderProblem: when a placeholder has no value.
    """
    made: list[Launch] = []
    for name, box in project.box.items():
        if box.url is not None:
            continue
        mine = {**values, **_addresses(plan, name, box.provides or (name,))}
        env = {key: os.environ[key] for key in _INHERITED if key in os.environ}
        env["PYTHONPATH"] = str(project.root)
        env["PYTHONUNBUFFERED"] = "1"
        for key, text in box.env.items():
            env[key] = fill(text, mine, f"box.{name}.env.{key}")
        command = tuple(fill(one, mine, f"box.{name}.command") for one in box.command or ())
        made.append(Launch(name, box.python, command, env))
    return tuple(made)


def _addresses(plan: Plan, box: str, provides: tuple[str, ...]) -> dict[str, str]:
    values = {f"port.{one}": str(port_of(plan.boxes[one])) for one in provides}
    if len(provides) == 1:
        values["port"] = values[f"port.{provides[0]}"]
    for edge in plan.edges:
        caller, _, callee = edge.edge.partition("→")
        if caller in provides or caller == box:
            values[f"edge.{callee}"] = f"127.0.0.1:{edge.tap}"
            values[f"edge.{callee}.host"] = "127.0.0.1"
            values[f"edge.{callee}.port"] = str(edge.tap)
    return values
