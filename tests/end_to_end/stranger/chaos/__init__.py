"""The drills of the shop."""

from __future__ import annotations

from seamwright.drive.cases.step import Step
from seamwright.drive.faults.cut import Cut
from seamwright.drive.scenario import Scenario

SCENARIOS = (
    Scenario(
        name="stock cut off",
        edge="shop→stock",
        fault=Cut(),
        before=(),
        during=(Step("shop", "GET /prices/{article}", path={"article": "tea"}),),
    ),
)
