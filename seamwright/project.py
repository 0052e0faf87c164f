"""A project, opened: a subject file and the content that it names, all read and checked."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from seamwright.contract.load import LoadProblem, load
from seamwright.contract.system import System
from seamwright.drive.cases.conformance import Conformance, check_conformance
from seamwright.drive.scenario import Scenario
from seamwright.drive.subject.plan import make_plan
from seamwright.drive.subject.project_file import ProjectFile, load_project_file
from seamwright.judge.registry import RULES, check

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.drive.corpus.found import Found
    from seamwright.record.observation import Headers


@dataclass(frozen=True, slots=True)
class Project:
    """A subject file and the content that it names, all checked.

    Attributes:
        file: how the subject is started or reached.
        system: its contract set.
        conformance: how it is driven.
        scenarios: how it is broken.
        headers: sent with every request; their values are secrets.
        envelope: where its envelope is from, where the set was made of a document.
        found: requests that a search kept.
    """

    file: ProjectFile
    system: System
    conformance: Conformance = field(default_factory=Conformance)
    scenarios: tuple[Scenario, ...] = ()
    headers: Headers = ()
    envelope: str = ""
    found: tuple[Found, ...] = ()


def open_project(path: Path) -> Project:
    """Read a subject file and everything that it names.

    Raises:
        UsageProblem: when any of it is malformed; nothing was started.
    """
    file = load_project_file(path)
    subject = file.subject
    system = load(subject.contracts, System, file.root)
    check(RULES, system)
    make_plan(file, system, ports(file))
    named = subject.conformance
    conformance = load(named, Conformance, file.root) if named else Conformance()
    check_conformance(system, conformance)
    return Project(file, system, conformance, _scenarios(subject.chaos, file.root))


def protocols(system: System) -> dict[str, str]:
    """Edge name → protocol, as a record is read with."""
    return {one.name: one.protocol.value for one in system.edges}


def ports(file: ProjectFile) -> random.Random:
    """The same ports for the same project wherever they are free: a curl line stays of use."""
    return random.Random(f"{file.root} {file.subject.name}")  # noqa: S311 - ports, not secrets


def _scenarios(name: str | None, root: Path) -> tuple[Scenario, ...]:
    if name is None:
        return ()
    found = cast("tuple[object, ...]", load(name, tuple, root))
    scenarios = [one for one in found if isinstance(one, Scenario)]
    if len(scenarios) != len(found):
        raise LoadProblem(
            expected="a tuple of scenarios",
            seen="a tuple with something else in it",
            where=f"the name {name!r}",
            mend="put only Scenario values into it",
        )
    return tuple(scenarios)
