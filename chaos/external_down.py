"""External API down: Grok is cut off while a prospect is enriched (`recovery.external-down`)."""

from __future__ import annotations

from seamwright.drive.cases.step import Step
from seamwright.drive.faults.cut import Cut
from seamwright.drive.scenario import Scenario

GROK_CUT = Scenario(
    name="external-down: grok cut off",
    edge="worker→grok",
    fault=Cut(),
    before=(
        Step(
            "web",
            "POST /api/prospects",
            body={"name": "Grace Hopper", "company": "Compilers", "email": "grace@example.test"},
            keep={"unlucky": "/id"},
        ),
    ),
    during=(Step("worker", "POST /api/enrich", body={"prospectId": "{unlucky}", "type": "email"}),),
)
