"""What the services answer while a part is down, and how they catch up when it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.reference_impl.running import poll
from tests.reference_impl.system import System, boot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.reference_impl.running import StartBox

CAMPAIGN = {"name": "Spring", "subject": "Hello", "body": "Dear you"}


@pytest.fixture(scope="module")
def booted(
    start_box: StartBox,
    node_modules: Path,
    template_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> System:
    """The whole system, running."""
    return boot(start_box, node_modules, tmp_path_factory.mktemp("system"), template_folder)


@pytest.fixture
def system(booted: System) -> Iterator[System]:
    """The same; what a test has ended runs again after it."""
    yield booted
    for name, box in list(booted.boxes.items()):
        if box.process.poll() is not None:
            booted.start(name)


@pytest.fixture
def prospect(system: System) -> str:
    """A new prospect's id."""
    new = {"name": "Ada", "company": "Acme", "email": f"{uuid4().hex}@acme.example"}
    return str(system.user.data("POST", "/api/prospects", new)["id"])


def test_without_the_externals_enrichment_is_queued_and_worked_off(
    system: System, prospect: str
) -> None:
    """200 and failed at once; complete after the cron job, and only once."""
    system.stop("externals")
    path = f"/api/prospects/{prospect}"
    now = system.user.data("POST", f"{path}/enrich", {"type": "both"})
    system.start("externals")
    reports = [system.cron.data("POST", "/api/cron/enrichment") for _ in range(2)]
    later = system.caller.data("GET", f"/api/enrichments/{prospect}")
    seen = (now["status"], [one["succeeded"] for one in reports], later["status"])
    assert ("failed", [1, 0], "complete") == seen


def test_without_the_externals_a_person_is_told(system: System) -> None:
    """503, enveloped."""
    system.stop("externals")
    expected = (503, "EXTERNAL_UNAVAILABLE")
    assert expected == system.user.code("GET", "/api/search?q=acme")
    assert system.user.ask("GET", "/health").json()["status"] == "degraded"


def test_without_smtp_a_mail_is_queued_and_sent_once(system: System, prospect: str) -> None:
    """Queued with an alert; the cron job sends it, with the ID of the request that asked for it."""
    system.stop("mail")
    campaign = system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"]
    path = f"/api/prospects/{prospect}"
    order = {"campaignId": campaign}
    queued = system.user.data("POST", f"{path}/send-email", order, x_request_id="req_first")
    told = poll(lambda: system.alerts() or None)
    system.start("mail")
    reports = [system.cron.data("POST", "/api/cron/outbox") for _ in range(2)]
    (mail,) = system.inbox(str(system.user.data("GET", path)["email"]))
    seen = (queued["status"], told, [one["succeeded"] for one in reports])
    assert ("queued", ["MAIL_UNAVAILABLE"], [1, 0]) == seen
    assert "X-Request-ID: req_first" in mail


def test_without_imap_the_inbox_job_says_so(system: System) -> None:
    """503, enveloped."""
    system.stop("mail")
    assert (503, "MAIL_UNAVAILABLE") == system.cron.code("POST", "/api/cron/inbox")


def test_without_a_healthy_mailbox_nothing_is_sent(system: System, prospect: str) -> None:
    """503, passed through by the web."""
    path = f"/api/mailboxes/{system.mailbox}"
    campaign = system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"]
    order = {"campaignId": campaign}
    system.user.data("PATCH", path, {"healthy": False})
    refused = system.user.code("POST", f"/api/prospects/{prospect}/send-email", order)
    system.user.data("PATCH", path, {"healthy": True})
    assert (503, "MAILBOX_UNAVAILABLE") == refused


def test_without_d1_the_worker_is_unhealthy(system: System) -> None:
    """503 for what needs it, also through the web, and for health; well again when it is back."""
    system.stop("d1")
    refused = system.user.code("GET", "/api/analytics")
    down = system.cron.ask("GET", "/health")
    system.start("d1")
    up = system.cron.ask("GET", "/health").json()["status"]
    seen = (refused, down.status_code, down.json()["status"], up)
    assert ((503, "D1_UNAVAILABLE"), 503, "unhealthy", "healthy") == seen


def test_without_supabase_the_web_is_unhealthy(system: System, prospect: str) -> None:
    """503 for what needs it; the worker is degraded, and goes on with what does not."""
    system.stop("supabase")
    refused = system.user.code("GET", f"/api/prospects/{prospect}")
    web = system.user.ask("GET", "/health")
    worker = system.cron.ask("GET", "/health").json()["status"]
    counted = system.user.ask("GET", "/api/analytics").status_code
    seen = (refused, web.status_code, worker, counted)
    assert ((503, "SUPABASE_UNAVAILABLE"), 503, "degraded", 200) == seen
