"""Which box listens where, and which edges can be overheard."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from seamwright.drive.subject.address import EdgeAddress, Plan, port_of
from seamwright.drive.subject.port import free_ports
from seamwright.drive.subject.project_file import ProjectFileProblem
from seamwright.record.observation import Unseen

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from seamwright.contract.system import System
    from seamwright.drive.subject.project_file import ProjectFile

_RUNS_ALREADY = "runs already: its environment cannot be set, so its calls cannot be overheard"
_NO_BOX = "no box of the subject file provides it"


def make_plan(
    project: ProjectFile,
    system: System,
    random: Random,
    claim: Callable[[int], bool] = lambda _: True,
) -> Plan:
    """Give every box and every edge its address.

    Args:
        project: the subject file.
        system: the contract set.
        random: chooses the ports.
        claim: takes a port, unless another run has it.

    Raises:
        ProjectFileProblem: when a box provides what the contract set does not know.
    """
    _check_names(project, system)
    names = [one.name for one in (*system.services, *system.dependencies)]
    started = [name for name in names if (box := project.box_of(name)) and not _url(project, box)]
    seen = [one for one in system.edges if _why_unseen(project, one.caller, one.callee) == ""]
    ports = iter(free_ports(len(started) + 2 * len(seen) + 1, random, claim))
    boxes = {name: f"127.0.0.1:{next(ports)}" for name in started}
    for name in names:
        box = project.box_of(name)
        if box and (url := _url(project, box)):
            parts = urlsplit(url)
            boxes[name] = f"{parts.hostname}:{parts.port}"
    edges = tuple(
        EdgeAddress(one.name, next(ports), next(ports), port_of(boxes[one.callee])) for one in seen
    )
    unseen = [Unseen(name, _NO_BOX) for name in names if name not in boxes]
    unseen += [
        Unseen(one.name, reason)
        for one in system.edges
        if (reason := _why_unseen(project, one.caller, one.callee))
    ]
    return Plan(boxes, edges, next(ports), tuple(unseen))


def _url(project: ProjectFile, box: str) -> str | None:
    return project.box[box].url


def _why_unseen(project: ProjectFile, caller: str, callee: str) -> str:
    box = project.box_of(caller)
    if box is None:
        return f"{caller}: {_NO_BOX}"
    if _url(project, box):
        return f"{caller} {_RUNS_ALREADY}"
    return "" if project.box_of(callee) else f"{callee}: {_NO_BOX}"


def _check_names(project: ProjectFile, system: System) -> None:
    known = {one.name for one in (*system.services, *system.dependencies)}
    provided: dict[str, str] = {}
    for name, box in project.box.items():
        for one in box.provides or (name,):
            if one not in known:
                seen, expected = repr(one), f"one of {', '.join(sorted(known))}"
            elif one in provided:
                seen, expected = f"{one!r}, as box {provided[one]} does", "one box for each"
            else:
                provided[one] = name
                continue
            raise ProjectFileProblem(
                expected=expected,
                seen=seen,
                where=f"box.{name}",
                mend="name the box after what it is in the contract set, or say `provides`",
            )
    for name in project.credentials:
        if system.credential(name) is None:
            raise ProjectFileProblem(
                expected=f"one of {', '.join(one.name for one in system.credentials) or '(none)'}",
                seen=repr(name),
                where="credentials",
                mend="name a credential of the contract set",
            )
    for name in project.doors:
        if name not in provided:
            raise ProjectFileProblem(
                expected=f"one of {', '.join(sorted(provided))}",
                seen=repr(name),
                where="doors",
                mend="name a box, or what it provides",
            )
