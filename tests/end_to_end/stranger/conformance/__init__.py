"""How the shop is driven."""

from __future__ import annotations

from seamwright.drive.cases.conformance import Conformance
from seamwright.drive.cases.step import Step

CONFORMANCE = Conformance(
    journey=(
        Step("shop", "GET /prices/{article}", path={"article": "tea"}),
        Step("shop", "GET /prices/{article}", path={"article": "unicorn"}),
        Step("shop", "POST /orders", body={"article": "tea", "count": 2}),
    ),
    generated=("shop POST /orders",),
)
