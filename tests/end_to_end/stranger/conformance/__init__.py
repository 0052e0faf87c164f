"""How the shop is driven."""

from __future__ import annotations

from seamwright.drive.cases.conformance import Conformance
from seamwright.drive.cases.provocation import Provocation
from seamwright.drive.cases.step import Step
from seamwright.drive.faults.cut import Cut

_TEA = Step("shop", "GET /prices/{article}", path={"article": "tea"})

CONFORMANCE = Conformance(
    journey=(
        _TEA,
        Step("shop", "GET /prices/{article}", path={"article": "unicorn"}),
        Step("shop", "POST /orders", body={"article": "tea", "count": 2}),
    ),
    provocations=(
        Provocation("stock_unreachable", _TEA, edge="shop→stock", fault=Cut(), recovered=_TEA),
    ),
)
