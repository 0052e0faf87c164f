"""Supabase down or slow: the worker goes on with its copy, says so, and catches up."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.reference_impl.running import poll
from tests.reference_impl.system import items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import httpx

    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System

EDGE = "worker→supabase"
STALE = re.compile(r"stale; age=\d+")
CAMPAIGN = {"name": "Spring", "subject": "Hello", "body": "Dear you"}
WITHIN_S = 1.0


@pytest.fixture
def campaign(system: System) -> str:
    """A campaign's id."""
    return str(system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"])


@pytest.fixture(autouse=True)
def _well_again(system: System) -> Iterator[None]:
    """The next test begins with a closed breaker."""
    yield
    unread = _prospect(system)["id"]
    poll(lambda: True if _enrich(system, unread).status_code == 200 else None)


def _prospect(system: System) -> dict[str, object]:
    new = {"name": "Ada", "company": "Acme", "email": f"{uuid4().hex}@acme.example"}
    return system.user.data("POST", "/api/prospects", new)


def _enrich(system: System, prospect: object) -> httpx.Response:
    return system.caller.ask("POST", "/api/enrich", {"prospectId": prospect, "type": "email"})


def _send(system: System, prospect: object, campaign: str) -> httpx.Response:
    order = {"prospectId": prospect, "campaignId": campaign}
    return system.caller.ask("POST", "/api/send-email", order)


def _known(system: System, prospect: object, campaign: str) -> None:
    """The copy has all that it takes to send to this prospect."""
    _send(system, prospect, campaign)
    _in_sync(system)


def _in_sync(system: System) -> None:
    system.cron.data("POST", "/api/sync")


def _cache(answer: httpx.Response) -> bool:
    return STALE.fullmatch(answer.headers.get("x-cache", "")) is not None


@pytest.mark.parametrize("kind", ["refused", "hung", "slow"])
def test_what_is_known_is_sent_and_marked(
    system: System, faults: Faults, campaign: str, kind: str
) -> None:
    """From the copy, within the deadlines; also through the web, which hands the mark on."""
    prospect = _prospect(system)
    _known(system, prospect["id"], campaign)
    order, path = {"campaignId": campaign}, f"/api/prospects/{prospect['id']}/send-email"
    fault = faults.slow(EDGE, 2_000) if kind == "slow" else getattr(faults, kind)(EDGE)
    with fault:
        began = time.monotonic()
        answer = _send(system, prospect["id"], campaign)
        took = time.monotonic() - began
        through = system.user.ask("POST", path, order)
        health = system.cron.ask("GET", "/health").json()
    sent = [one.json()["data"]["status"] for one in (answer, through)]
    assert (["sent", "sent"], True, True) == (sent, _cache(answer), _cache(through))
    assert ("degraded", "unhealthy") == (health["status"], health["dependencies"]["database"])
    assert (3, True) == (len(system.inbox(str(prospect["email"]))), took < WITHIN_S)


def test_what_is_not_known_is_refused_rather_than_guessed(
    system: System, faults: Faults, campaign: str
) -> None:
    """503 and not 404: it may exist, and it does."""
    prospect = _prospect(system)["id"]
    with faults.refused(EDGE):
        answers = [_send(system, prospect, campaign), _enrich(system, prospect)]
        seen = [(one.status_code, one.json()["error"]["code"]) for one in answers]
    assert [(503, "SUPABASE_UNAVAILABLE")] * 2 == seen


def test_cron_goes_on(system: System, faults: Faults, campaign: str) -> None:
    """All three jobs; what was queued is sent, and what is unknown stays queued."""
    known, unknown = _prospect(system), _prospect(system)["id"]
    _known(system, known["id"], campaign)
    with faults.refused("worker→grok"):
        _enrich(system, unknown)
    _forget(system, str(unknown))
    with faults.refused("worker→smtp"):
        assert _send(system, known["id"], campaign).json()["data"]["status"] == "queued"
    with faults.refused(EDGE):
        answers = {
            job: system.cron.ask("POST", f"/api/cron/{job}")
            for job in ("outbox", "inbox", "enrichment")
        }
    assert {200} == {one.status_code for one in answers.values()}
    assert answers["enrichment"].json()["data"]["failed"] == 1
    poll(lambda: True if _enrich(system, _prospect(system)["id"]).status_code == 200 else None)
    assert system.cron.data("POST", "/api/cron/enrichment")["succeeded"] == 1


def _forget(system: System, prospect: str) -> None:
    """The copy does not know this prospect: as if it had been queued by another worker."""
    statement = {"sql": "DELETE FROM cache WHERE id = ?1", "params": [prospect]}
    path = "/client/v4/accounts/local/d1/database/outreach/query"
    poll(lambda: True if _changes(system, path, statement) else None)


def _changes(system: System, path: str, statement: Mapping[str, object]) -> int:
    answer = system.door("d1", "d1-token").client.post(path, json=statement)
    return int(answer.json()["result"][0]["meta"]["changes"])


def test_a_slow_supabase_is_left_alone_after_five_failures(
    system: System, faults: Faults, campaign: str
) -> None:
    """Each failure takes its deadline; then the copy answers at once, until a trial goes well."""
    prospect = _prospect(system)["id"]
    _known(system, prospect, campaign)
    with faults.hung(EDGE):
        for _ in range(5):
            _enrich(system, prospect)
        began = time.monotonic()
        answer = _enrich(system, prospect)
        took = time.monotonic() - began
        breakers = items(system.cron.data("GET", "/api/breakers"), "breakers")
    (state,) = [one["state"] for one in breakers if one["dependency"] == "supabase"]
    assert ("open", True, True) == (state, _cache(answer), took < 0.3)
    poll(lambda: True if not _cache(_enrich(system, prospect)) else None)


def test_the_copy_is_refreshed_afterwards(system: System, faults: Faults, campaign: str) -> None:
    """Also what was changed and deleted meanwhile, and nobody has read since."""
    changed, deleted, read = (_prospect(system)["id"] for _ in range(3))
    _in_sync(system)
    with faults.refused(EDGE):
        assert _cache(_enrich(system, read))
        system.user.data("PATCH", f"/api/prospects/{changed}", {"company": "Engines"})
        system.user.data("DELETE", f"/api/prospects/{deleted}")
        system.user.data("POST", "/api/campaigns", {**CAMPAIGN, "name": campaign})
    poll(lambda: True if not _cache(_enrich(system, read)) else None)
    poll(lambda: True if system.cron.data("GET", "/api/sync")["inSync"] else None)


def test_a_worker_that_is_up_first_has_a_closed_breaker(
    system: System, faults: Faults, campaign: str
) -> None:
    """It waits for Supabase before it repairs its copy, and serves as soon as Supabase does."""
    prospect = _prospect(system)["id"]
    system.stop("worker")
    with faults.refused(EDGE):
        system.start("worker")
        lines = system.boxes["worker"].lines
        poll(lambda: True if _said(lines, "no Supabase yet") > 5 else None)
        breakers = items(system.cron.data("GET", "/api/breakers"), "breakers")
    answer = _send(system, prospect, campaign)
    (seen,) = [one for one in breakers if one["dependency"] == "supabase"]
    assert ("closed", 0) == (seen["state"], seen["consecutiveFailures"])
    assert ("sent", False) == (answer.json()["data"]["status"], _cache(answer))
    poll(lambda: True if _said(lines, "the cache is refreshed") else None)


def _said(lines: Iterable[dict[str, object]], words: str) -> int:
    return sum(words in str(one.get("message")) for one in list(lines))
