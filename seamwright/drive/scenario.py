"""A drill: what breaks, and what is asked meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.drive.cases.step import Step
    from seamwright.drive.faults.fault import Fault


@dataclass(frozen=True, slots=True)
class Scenario:
    """One fault on one edge while requests are made.

    Attributes:
        name: what breaks, unique in a project.
        edge: `caller→callee`.
        fault: how it breaks.
        before: requests that prepare it, sent while all is well.
        during: requests that are sent while the fault lies.
    """

    name: str
    edge: str
    fault: Fault
    before: tuple[Step, ...]
    during: tuple[Step, ...]
