"""How a team's system is brought into a state and driven: the content of its `conformance/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.drive.cases.interaction import Interaction
    from seamwright.drive.cases.step import Step


@dataclass(frozen=True, slots=True)
class Conformance:
    """What the drives of an audit use.

    Attributes:
        journey: requests in order, each endpoint at least once; later ones use what earlier kept.
        interactions: what pacts are made of.
        generated: the endpoints, `service METHOD /path/template`, that get generated cases.
    """

    journey: tuple[Step, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    generated: tuple[str, ...] = ()
