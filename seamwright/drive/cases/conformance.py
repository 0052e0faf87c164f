"""How a team's system is brought into a state and driven: the content of its `conformance/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.drive.cases.interaction import Interaction
    from seamwright.drive.cases.provocation import Provocation, Unprovoked
    from seamwright.drive.cases.step import Step
    from seamwright.drive.cases.walk import Walk


@dataclass(frozen=True, slots=True)
class Conformance:
    """What the drives of an audit use.

    Attributes:
        journey: requests in order, each endpoint at least once; later ones use what earlier kept.
        interactions: what pacts are made of.
        generated: the endpoints, `service METHOD /path/template`, that get generated cases.
        provocations: how the error codes that are this system's own are brought about.
        unprovoked: the codes that nothing may bring about, and why.
        walks: things that are created, read, changed and deleted, beside those that can be derived.
    """

    journey: tuple[Step, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    generated: tuple[str, ...] = ()
    provocations: tuple[Provocation, ...] = ()
    unprovoked: tuple[Unprovoked, ...] = ()
    walks: tuple[Walk, ...] = ()
