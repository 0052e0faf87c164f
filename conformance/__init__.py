"""How the seed's system is brought into a state and driven."""

from conformance.interactions import INTERACTIONS
from conformance.journey import JOURNEY
from conformance.provocations import PROVOCATIONS
from seamwright.drive.cases.conformance import Conformance

CONFORMANCE = Conformance(
    journey=JOURNEY,
    interactions=INTERACTIONS,
    provocations=PROVOCATIONS,
)

__all__ = ["CONFORMANCE"]
