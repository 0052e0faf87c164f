"""The worker down: the web says so in time, in its page too, and tells of it once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.reference_impl.running import poll

if TYPE_CHECKING:
    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System

# What a busy machine is slow in is no outage.
ENVIRONMENT = {"HEALTH_WITHIN_MS": "1500", "CONNECT_MS": "1000"}
CAMPAIGN = {"name": "Spring", "subject": "Hello", "body": "Dear you"}
REFUSED = (503, "WORKER_UNAVAILABLE")
WITHIN_S = 1.5


def _prospect(system: System) -> dict[str, object]:
    new = {"name": "Ada", "company": "Acme", "email": f"{uuid4().hex}@acme.example"}
    return system.user.data("POST", "/api/prospects", new)


def _told(system: System) -> list[tuple[object, object]]:
    """What the web has told about the worker, oldest first."""
    return [(one["code"], one["state"]) for one in system.told() if one["service"] == "web"]


def _back(system: System) -> None:
    """The web has seen that the worker is back, and the webhook has heard it."""
    poll(lambda: True if system.user.ask("GET", "/health").json()["status"] == "healthy" else None)
    poll(lambda: True if not _told(system) or _told(system)[-1][1] == "over" else None)


@pytest.mark.parametrize("kind", ["refused", "hung", "lost"])
def test_every_call_is_answered_in_time(system: System, faults: Faults, kind: str) -> None:
    """503, retryable, with the request ID, whatever it is that does not come back."""
    prospect = _prospect(system)["id"]
    asked = [
        ("GET", "/api/analytics", None),
        ("POST", f"/api/prospects/{prospect}/enrich", {"type": "both"}),
        ("POST", f"/api/prospects/{prospect}/send-email", {"campaignId": str(uuid4())}),
    ]
    seen: list[object] = []
    took: list[float] = []
    with getattr(faults, kind)("web→worker"):
        for number, (method, path, body) in enumerate(asked):
            began = time.monotonic()
            answer = system.user.ask(method, path, body, x_request_id=f"req_{kind}{number}")
            took.append(time.monotonic() - began)
            told = answer.json()
            error = told["error"]
            seen.append((answer.status_code, error["code"], error["retryable"]))
            assert f"req_{kind}{number}" == told["meta"]["requestId"]
        health = system.user.ask("GET", "/health").json()
    _back(system)
    assert [(*REFUSED, True)] * 3 == seen
    assert ("degraded", "unhealthy") == (health["status"], health["dependencies"]["worker"])
    assert max(took) < WITHIN_S


def test_an_outage_is_told_once_and_once_when_it_is_over(system: System, faults: Faults) -> None:
    """However many calls, pages and health checks meet it, side by side."""
    _back(system)
    before = len(_told(system))

    def meet(number: int) -> int:
        path = ("/api/analytics", "/", "/health")[number % 3]
        return system.user.ask("GET", path).status_code

    for _ in range(2):
        with faults.refused("web→worker"), ThreadPoolExecutor(8) as pool:
            list(pool.map(meet, range(24)))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(meet, range(24)))
        _back(system)
    outage = [("WORKER_UNAVAILABLE", "begun"), ("WORKER_UNAVAILABLE", "over")]
    assert outage * 2 == _told(system)[before:]


def test_an_alert_that_was_not_heard_is_told_later(system: System, faults: Faults) -> None:
    """Both, in their order, each once."""
    _back(system)
    before = len(_told(system))
    with faults.lost("web→alerts"):
        with faults.refused("web→worker"):
            assert REFUSED == system.user.code("GET", "/api/analytics")
        system.user.ask("GET", "/health")
    _back(system)
    states = poll(lambda: _told(system)[before:] if len(_told(system)) == before + 2 else None)
    assert ["begun", "over"] == [state for _, state in states]


def test_what_was_accepted_meanwhile_is_not_lost(system: System) -> None:
    """Records are written while the worker is away; once it is back, it sends to them."""
    system.stop("worker")
    prospect = _prospect(system)
    campaign = system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"]
    path, order = f"/api/prospects/{prospect['id']}", {"campaignId": campaign}
    assert REFUSED == system.user.code("POST", f"{path}/send-email", order)
    system.start("worker")
    sent = poll(
        lambda: (
            system.user.data("POST", f"{path}/send-email", order)["status"]
            if system.user.ask("GET", "/health").json()["status"] == "healthy"
            else None
        )
    )
    assert ("sent", 1) == (sent, len(system.inbox(str(prospect["email"]))))


def test_the_page_says_so_to_people(system: System, faults: Faults) -> None:
    """What is wrong, what is safe, what to do, the number to quote; also when the worker hangs."""
    pages: list[str] = []
    for kind in (faults.refused, faults.hung):
        with kind("web→worker"):
            answer = system.user.ask("GET", "/", x_request_id="req_page")
            pages.append(answer.text)
        assert (503, "text/html; charset=utf-8") == (
            answer.status_code,
            answer.headers["content-type"],
        )
    _back(system)
    whole = system.user.ask("GET", "/")
    words = ["We cannot send emails right now", "are safe", "try again", "<code>req_page</code>"]
    assert [words] * 2 == [[one for one in words if one in page] for page in pages]
    assert (200, True) == (whole.status_code, "Everything is running" in whole.text)
