"""External APIs down or rate limited: enrichment is queued, and worked off once they are back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.reference_impl.rate_limited import rate_limited
from tests.reference_impl.running import poll
from tests.reference_impl.system import items

if TYPE_CHECKING:
    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System


def _prospect(system: System) -> str:
    new = {"name": "Ada", "company": "Acme", "email": f"{uuid4().hex}@acme.example"}
    return str(system.user.data("POST", "/api/prospects", new)["id"])


def _enrich(system: System, prospect: str) -> object:
    return system.user.data("POST", f"/api/prospects/{prospect}/enrich", {"type": "both"})["status"]


def _state(system: System, name: str) -> object:
    breakers = items(system.cron.data("GET", "/api/breakers"), "breakers")
    return next(one["state"] for one in breakers if one["dependency"] == name)


def _status(system: System, prospect: str) -> object:
    return system.caller.data("GET", f"/api/enrichments/{prospect}")["status"]


def _questions(system: System) -> int:
    """How often the real Grok was asked so far."""
    lines = list(system.boxes["externals"].lines)
    return sum(str(line.get("message")).startswith("POST /v1/chat") for line in lines)


def test_what_was_queued_is_worked_off_once_by_itself(system: System, faults: Faults) -> None:
    """Five failures open the breaker, and the trial that closes it wakes the queue."""
    prospects = [_prospect(system) for _ in range(5)]
    with faults.refused("worker→grok"):
        seen = {_enrich(system, one) for one in prospects}
        opened = _state(system, "grok")
        health = system.cron.ask("GET", "/health").json()["dependencies"]["external_apis"]
    assert ({"partial"}, "open", "degraded") == (seen, opened, health)
    poll(lambda: True if _state(system, "grok") == "half-open" else None)
    before = _questions(system)
    trial = _enrich(system, _prospect(system))
    done = poll(
        lambda: True if all(_status(system, one) == "complete" for one in prospects) else None
    )
    report = system.cron.data("POST", "/api/cron/enrichment")
    assert ("complete", True, 0, "closed") == (
        trial,
        done,
        report["processed"],
        _state(system, "grok"),
    )
    assert 1 + len(prospects) == _questions(system) - before


def test_a_slow_answer_is_a_failure_at_its_deadline(system: System, faults: Faults) -> None:
    """Enrichment is answered soon after, and the rest is queued; five of them open the breaker."""
    prospects = [_prospect(system) for _ in range(6)]
    with faults.hung("worker→grok"):
        took: list[float] = []
        for prospect in prospects:
            began = time.monotonic()
            assert _enrich(system, prospect) == "partial"
            took.append(time.monotonic() - began)
        opened = _state(system, "grok")
    assert ("open", True) == (opened, max(took[:5]) < 1.2)
    assert took[5] < 0.4
    poll(lambda: True if _state(system, "grok") == "half-open" else None)
    system.cron.data("POST", "/api/cron/enrichment")
    poll(lambda: True if all(_status(system, one) == "complete" for one in prospects) else None)


def test_what_a_long_trial_turned_away_is_worked_off_by_itself(
    system: System, faults: Faults
) -> None:
    """The cron's own claim hides them from the run that the closing starts."""
    prospects = [_prospect(system) for _ in range(5)]
    with faults.refused("worker→grok"):
        assert {"partial"} == {_enrich(system, one) for one in prospects}
    poll(lambda: True if _state(system, "grok") == "half-open" else None)
    with faults.slow("worker→grok", 300):
        report = system.cron.data("POST", "/api/cron/enrichment")
    assert (5, 1, 4) == (report["processed"], report["succeeded"], report["failed"])
    poll(lambda: True if all(_status(system, one) == "complete" for one in prospects) else None)


def test_retry_after_is_obeyed_and_not_hammered(system: System, faults: Faults) -> None:
    """One call learns of the wait; nobody calls before it is over, and then cron works all off."""
    prospects = [_prospect(system) for _ in range(4)]
    with rate_limited("1") as api, faults.led_to("worker→grok", api.port):
        began = time.monotonic()
        seen = [_enrich(system, one) for one in prospects]
        took = time.monotonic() - began
        asked = api.asked
        health = system.cron.ask("GET", "/health").json()["dependencies"]["external_apis"]
    early = system.cron.data("POST", "/api/cron/enrichment")
    quiet_s = 1.0 - (time.monotonic() - began)
    assert (["partial"] * 4, 1, "degraded") == (seen, asked, health)
    assert (True, 0) == (took < 1.0 and quiet_s > 0.0, early["succeeded"])
    poll(lambda: True if time.monotonic() - began > 1.05 else None)
    late = system.cron.data("POST", "/api/cron/enrichment")
    again = system.cron.data("POST", "/api/cron/enrichment")
    assert (4, 0) == (late["succeeded"], again["processed"])


def test_a_person_who_waits_is_told_in_time(system: System, faults: Faults) -> None:
    """503 within the deadline, and at once when the web's breaker is open."""
    with faults.hung("web→ddg"):
        took: list[float] = []
        for _ in range(6):
            began = time.monotonic()
            refused = system.user.code("GET", "/api/search?q=acme")
            took.append(time.monotonic() - began)
            assert (503, "EXTERNAL_UNAVAILABLE") == refused
    assert (True, True) == (max(took[:5]) < 1.0, took[5] < 0.3)
    found = poll(
        lambda: True if system.user.ask("GET", "/api/search?q=acme").status_code == 200 else None
    )
    assert found
