"""How the seed's system is brought into a state and driven."""

from conformance.interactions import INTERACTIONS
from conformance.journey import JOURNEY
from seamwright.drive.cases.conformance import Conformance

CONFORMANCE = Conformance(
    journey=JOURNEY,
    interactions=INTERACTIONS,
    generated=("worker GET /api/emails",),
)

__all__ = ["CONFORMANCE"]
