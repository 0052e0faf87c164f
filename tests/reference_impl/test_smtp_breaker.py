"""The mail server's breaker, through Toxiproxy: shown, felt by health, and closed by one trial."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.reference_impl.running import poll
from tests.reference_impl.system import items

if TYPE_CHECKING:
    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System

CAMPAIGN = {"name": "Spring", "subject": "Hello", "body": "Dear you"}


def _breaker(system: System) -> dict[str, object]:
    breakers = items(system.cron.data("GET", "/api/breakers"), "breakers")
    return next(one for one in breakers if one["dependency"] == "smtp")


@pytest.mark.parametrize(("kind", "first_s"), [("refused", 0.4), ("hung", 1.0)])
def test_five_failures_open_it_and_a_trial_closes_it(
    system: System, faults: Faults, kind: str, first_s: float
) -> None:
    """Each mail is queued within the deadline, the sixth at once; health says so meanwhile."""
    new = {"name": "Ada", "email": f"{uuid4().hex}@acme.example"}
    order = {
        "prospectId": system.user.data("POST", "/api/prospects", new)["id"],
        "campaignId": system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"],
    }
    took: list[float] = []
    with getattr(faults, kind)("worker→smtp"):
        for _ in range(6):
            began = time.monotonic()
            assert system.caller.data("POST", "/api/send-email", order)["status"] == "queued"
            took.append(time.monotonic() - began)
    shown = _breaker(system)
    down = system.cron.ask("GET", "/health").json()
    poll(lambda: True if _breaker(system)["state"] == "half-open" else None)
    waiting = system.cron.ask("GET", "/health").json()["dependencies"]["smtp"]
    trial = system.caller.data("POST", "/api/send-email", order)["status"]
    well = system.cron.ask("GET", "/health").json()["dependencies"]["smtp"]
    assert ("open", 5, 5, 600) == (
        shown["state"],
        shown["consecutiveFailures"],
        shown["opensAfter"],
        shown["halfOpenAfterMs"],
    )
    assert ("degraded", "unhealthy") == (down["status"], down["dependencies"]["smtp"])
    assert ("degraded", "sent", "healthy", "closed") == (
        waiting,
        trial,
        well,
        _breaker(system)["state"],
    )
    assert (True, True) == (max(took) < first_s, took[5] < 0.3)
