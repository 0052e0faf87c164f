"""D1 down: tried again, told with the request ID; nothing goes out that is not written down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.reference_impl.running import poll

if TYPE_CHECKING:
    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System

EDGE = "worker→d1"
CAMPAIGN = {"name": "Spring", "subject": "Hello", "body": "Dear you"}
WITHIN_S = 1.2


def _order(system: System) -> tuple[dict[str, object], str]:
    """What to send, and to whom."""
    address = f"{uuid4().hex}@acme.example"
    new = {"name": "Ada", "company": "Acme", "email": address}
    prospect = system.user.data("POST", "/api/prospects", new)["id"]
    campaign = system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"]
    return {"prospectId": prospect, "campaignId": campaign}, address


def _lines(system: System, id_: str, level: str) -> list[str]:
    """What the worker has logged about that request at that level."""
    return [
        str(one["message"])
        for one in list(system.boxes["worker"].lines)
        if (one.get("requestId"), one["level"]) == (id_, level)
    ]


@pytest.mark.parametrize("kind", ["refused", "hung", "lost"])
def test_nothing_is_sent_that_could_not_be_recorded(
    system: System, faults: Faults, kind: str
) -> None:
    """503, retryable, in time; no mail then, and one mail once it is asked for again."""
    order, address = _order(system)
    with getattr(faults, kind)(EDGE):
        began = time.monotonic()
        answer = system.caller.ask("POST", "/api/send-email", order, x_request_id=f"req_{kind}")
        took = time.monotonic() - began
        health = system.cron.ask("GET", "/health")
    error, mails = answer.json()["error"], len(system.inbox(address))
    assert (503, "D1_UNAVAILABLE", True, 0) == (
        answer.status_code,
        error["code"],
        error["retryable"],
        mails,
    )
    assert (503, "unhealthy", True) == (
        health.status_code,
        health.json()["dependencies"]["cache"],
        took < WITHIN_S,
    )
    poll(lambda: _lines(system, f"req_{kind}", "error") or None)
    if kind == "lost":
        # D1 has it, though nobody knows: it stays queued, and goes out when its claim is over.
        return
    again = system.caller.data("POST", "/api/send-email", order)
    assert ("sent", 1) == (again["status"], len(system.inbox(address)))


def test_it_is_tried_again_before_anybody_hears_of_it(system: System, faults: Faults) -> None:
    """A failure that is followed by another attempt is a warning, the last one an error."""
    with faults.refused(EDGE):
        refused = system.cron.code("GET", "/api/emails", x_request_id="req_tried")
    warnings = poll(
        lambda: (
            _lines(system, "req_tried", "warning") if _lines(system, "req_tried", "error") else None
        )
    )
    assert ((503, "D1_UNAVAILABLE"), 2) == (refused, len(warnings))
    assert all("again in" in one for one in warnings)


def test_it_serves_again_as_soon_as_d1_is_back(system: System) -> None:
    """No breaker stands between, and nobody has to start the worker again."""
    system.stop("d1")
    assert (503, "D1_UNAVAILABLE") == system.cron.code("GET", "/api/emails")
    system.start("d1")
    assert system.cron.ask("GET", "/api/emails").status_code == 200
