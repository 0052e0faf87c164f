"""Breakers through Toxiproxy, of mail and of the web: shown, felt by health, closed by a trial."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.reference_impl.running import poll
from tests.reference_impl.system import items

if TYPE_CHECKING:
    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System

PATH = "/api/prospects?limit=1"
DOWN = (503, "SUPABASE_UNAVAILABLE")
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


def _state(system: System, dependency: str) -> object:
    breakers = items(system.user.data("GET", "/api/breakers"), "breakers")
    return next(one["state"] for one in breakers if one["dependency"] == dependency)


def _database(system: System) -> tuple[int, object]:
    """The status of health, and what it says about Supabase."""
    answer = system.user.ask("GET", "/health")
    return answer.status_code, answer.json()["dependencies"]["database"]


@pytest.mark.parametrize("kind", ["refused", "hung", "lost"])
def test_an_open_breaker_is_shown_and_a_trial_closes_it(
    system: System, faults: Faults, kind: str
) -> None:
    """A read is refused within its deadline, then at once; the first that goes well mends all."""
    took: list[float] = []
    with getattr(faults, kind)("web→supabase"):
        for _ in range(6):
            began = time.monotonic()
            assert DOWN == system.user.code("GET", PATH)
            took.append(time.monotonic() - began)
        opened, down = _state(system, "supabase"), _database(system)
        others = {_state(system, "grok"), _state(system, "ddg")}
    poll(lambda: True if _state(system, "supabase") == "half-open" else None)
    waiting = _database(system)
    trial = system.user.ask("GET", PATH).status_code
    assert ("open", (503, "unhealthy"), {"closed"}) == (opened, down, others)
    assert ((200, "degraded"), 200) == (waiting, trial)
    assert ("closed", (200, "healthy")) == (_state(system, "supabase"), _database(system))
    assert (True, True) == (max(took) < 0.8, took[5] < 0.3)


def test_a_failed_trial_opens_it_again(system: System, faults: Faults) -> None:
    """Of calls that come together when it has rested, one goes out; its failure is another rest."""
    ids = [f"req_trial{number}" for number in range(6)]

    def ask(id_: str) -> tuple[int, str]:
        return system.user.code("GET", PATH, x_request_id=id_)

    with faults.lost("web→supabase"):
        for _ in range(5):
            assert DOWN == system.user.code("GET", PATH)
        poll(lambda: True if _state(system, "supabase") == "half-open" else None)
        began = time.monotonic()
        with ThreadPoolExecutor(len(ids)) as pool:
            answers = list(pool.map(ask, ids))
        again = _state(system, "supabase")
    poll(lambda: True if system.user.ask("GET", PATH).status_code == 200 else None)
    rested = time.monotonic() - began
    lines = list(system.boxes["supabase"].lines)
    arrived = {one["requestId"] for one in lines if one.get("requestId") in ids}
    assert ([DOWN] * 6, "open", 1) == (answers, again, len(arrived))
    assert (True, "closed") == (rested > 0.6, _state(system, "supabase"))
