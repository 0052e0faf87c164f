"""An order does not outlive the time of who gave it, however long the mail server may take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.reference_impl.running import poll
from tests.reference_impl.system import items

if TYPE_CHECKING:
    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System

# The server is given longer than the web waits for us.
ENVIRONMENT = {"DEADLINE_SMTP_MS": "6000", "OUTBOX_CLAIM_MS": "1000", "SMTP_FAREWELL_MS": "100"}
CAMPAIGN = {"name": "Spring", "subject": "Hello", "body": "Dear you"}
WITHIN_S = 1.5


def test_a_hung_server_is_left_in_time(system: System, faults: Faults) -> None:
    """Queued, said in time, not held against the server, and sent once by the cron job."""
    address = f"{uuid4().hex}@acme.example"
    new = {"name": "Ada", "company": "Acme", "email": address}
    prospect = system.user.data("POST", "/api/prospects", new)["id"]
    campaign = system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"]
    path = f"/api/prospects/{prospect}/send-email"
    with faults.hung("worker→smtp"):
        began = time.monotonic()
        told = system.user.data("POST", path, {"campaignId": campaign})
        took = time.monotonic() - began
        breakers = items(system.cron.data("GET", "/api/breakers"), "breakers")
    (failures,) = [one["consecutiveFailures"] for one in breakers if one["dependency"] == "smtp"]
    assert ("queued", True, 0) == (told["status"], took < WITHIN_S, failures)
    report = system.cron.data("POST", "/api/cron/outbox")
    assert (1, 1) == (report["succeeded"], len(system.inbox(address)))
    assert [] == system.alerts()


def test_a_server_that_hangs_for_long_is_told_by_the_cron_job(
    system: System, faults: Faults
) -> None:
    """Nobody waits for the cron job, so that it gives the server all its time, and then tells."""
    address = f"{uuid4().hex}@acme.example"
    new = {"name": "Ada", "company": "Acme", "email": address}
    prospect = system.user.data("POST", "/api/prospects", new)["id"]
    campaign = system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"]
    path = f"/api/prospects/{prospect}/send-email"
    with faults.hung("worker→smtp"):
        system.user.data("POST", path, {"campaignId": campaign})
        report = system.cron.data("POST", "/api/cron/outbox")
        told = poll(lambda: system.alerts() or None)
    assert (0, 1, ["MAIL_UNAVAILABLE"]) == (report["succeeded"], report["failed"], told)
    system.cron.data("POST", "/api/cron/outbox")
    states = poll(lambda: _states(system) if len(_states(system)) == 2 else None)
    assert (["begun", "over"], 1) == (states, len(system.inbox(address)))


def _states(system: System) -> list[object]:
    return [one["state"] for one in system.told()]
