"""The mail journey over the real parts, and the plain errors of both services."""

from __future__ import annotations

import smtplib
from email import message_from_string
from email.policy import default
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.reference_impl.running import poll
from tests.reference_impl.system import PASSWORD, System, boot, items

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reference_impl.running import StartBox

NOBODY = "00000000-0000-4000-8000-000000000000"
CAMPAIGN = {"name": "Spring", "subject": "Grüße\nfrom us", "body": "Dear you,\n.dot first\n"}


@pytest.fixture(scope="module")
def system(
    start_box: StartBox,
    node_modules: Path,
    template_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> System:
    """The whole system, running, with one mailbox to send from."""
    return boot(start_box, node_modules, tmp_path_factory.mktemp("system"), template_folder)


@pytest.fixture
def prospect(system: System) -> str:
    """A new prospect's id."""
    email = f"{uuid4().hex}@acme.example"
    new = {"name": "Ada", "company": "Acme", "email": email}
    return str(system.user.data("POST", "/api/prospects", new)["id"])


@pytest.fixture
def campaign(system: System) -> str:
    """A new campaign's id."""
    return str(system.user.data("POST", "/api/campaigns", CAMPAIGN)["id"])


def _address(system: System, prospect: str) -> str:
    return str(system.user.data("GET", f"/api/prospects/{prospect}")["email"])


def _send(system: System, prospect: str, campaign: str, **headers: str) -> dict[str, object]:
    order = {"campaignId": campaign}
    return system.user.data("POST", f"/api/prospects/{prospect}/send-email", order, **headers)


def test_a_mail_arrives_with_the_request_id_that_the_web_was_given(
    system: System, prospect: str, campaign: str
) -> None:
    """Web → worker → SMTP → inbox: one mail, and the ID of the request in its headers."""
    sent = _send(system, prospect, campaign, x_request_id="req_journey.1")
    (text,) = system.inbox(_address(system, prospect))
    mail = message_from_string(text, policy=default)
    expected = ("sent", "req_journey.1", "Grüße from us", f"<{sent['emailId']}@outreach.example>")
    assert expected == (sent["status"], mail["X-Request-ID"], mail["Subject"], mail["Message-ID"])


def test_what_was_sent_is_in_d1(system: System, prospect: str, campaign: str) -> None:
    """The worker's doors show the email, alone and in a list."""
    sent = _send(system, prospect, campaign)
    email = system.cron.data("GET", f"/api/emails/{sent['emailId']}")
    page = system.cron.data("GET", f"/api/emails?prospectId={prospect}&status=sent")
    assert ([email], "sent", sent["sentAt"]) == (page["items"], email["status"], email["sentAt"])


def test_analytics_count_what_was_sent(system: System, prospect: str, campaign: str) -> None:
    """One more mail is one more in the count, seen through the web."""
    before = system.user.data("GET", "/api/analytics")
    _send(system, prospect, campaign)
    after = system.user.data("GET", "/api/analytics")
    assert {**before, "sent": int(str(before["sent"])) + 1} == after


def test_a_scheduled_email_waits_for_the_cron_job(
    system: System, prospect: str, campaign: str
) -> None:
    """What lies ahead is queued, and no run before its time sends it."""
    order = {"campaignId": campaign, "scheduledFor": "2999-01-01T00:00:00+02:00"}
    path = f"/api/prospects/{prospect}/send-email"
    queued = system.user.data("POST", path, order)
    report = system.cron.data("POST", "/api/cron/outbox")
    email = system.cron.data("GET", f"/api/emails/{queued['emailId']}")
    seen = (queued["status"], report["processed"], email["status"], email["scheduledFor"])
    assert ("queued", 0, "queued", "2998-12-31T22:00:00.000Z") == seen


def test_a_reply_is_read_and_noted_once(system: System, prospect: str, campaign: str) -> None:
    """The cron job finds the reply by In-Reply-To; a second run finds nothing new."""
    sent = _send(system, prospect, campaign)
    reply = (
        "From: ada@acme.example\r\nTo: us@outreach.example\r\nSubject: Re\r\n"
        f"In-Reply-To: <{sent['emailId']}@outreach.example>\r\n\r\nYes!\r\n"
    )
    with smtplib.SMTP("127.0.0.1", system.ports["smtp"]) as client:
        client.login("ada@acme.example", PASSWORD)
        client.sendmail("ada@acme.example", ["us@outreach.example"], reply)
    first, second = (system.cron.data("POST", "/api/cron/inbox") for _ in range(2))
    email = system.cron.data("GET", f"/api/emails/{sent['emailId']}")
    seen = (first["succeeded"], second["processed"], "repliedAt" in email)
    assert (1, 0, True) == seen


def test_what_was_found_is_applied_by_the_web(system: System, prospect: str) -> None:
    """Enrich through the worker, fetch the result, write it into the prospect."""
    path = f"/api/prospects/{prospect}"
    found = system.user.data("POST", f"{path}/enrich", {"type": "website"})
    applied = system.user.data("POST", f"{path}/apply-enrichment")
    kept = system.caller.data("GET", f"/api/enrichments/{prospect}")
    seen = (found["status"], found["website"], applied["website"])
    assert ("complete", kept["website"], kept["website"]) == seen


def test_nothing_queued_is_nothing_to_work_off(system: System) -> None:
    """The enrichment job on an empty queue."""
    report = system.cron.data("POST", "/api/cron/enrichment")
    assert {"job": "enrichment", "processed": 0, "succeeded": 0, "failed": 0} == report


def test_grok_drafts_and_ddg_finds(system: System, prospect: str, campaign: str) -> None:
    """The web's own arrows to the external APIs."""
    path = f"/api/prospects/{prospect}/draft"
    draft = system.user.data("POST", path, {"campaignId": campaign})
    found = system.user.data("GET", "/api/search?q=acme+official+website")
    assert ({"subject", "body"}, ["results"]) == (set(draft), list(found))
    assert found["results"], "no hits"


def test_sync_finds_and_repairs_what_differs(system: System, prospect: str) -> None:
    """A new record makes the stores differ; a repair makes them agree, and a second has no work."""
    before = system.cron.data("GET", "/api/sync")
    repaired = system.cron.data("POST", "/api/sync")
    again = system.cron.data("POST", "/api/sync")
    seen = (before["inSync"], repaired["inSync"], again["inSync"], again["repaired"])
    assert (False, True, True, 0) == seen
    system.user.data("DELETE", f"/api/prospects/{prospect}")
    assert 1 == system.cron.data("POST", "/api/sync")["repaired"]


def test_breakers_are_closed(system: System) -> None:
    """Each external dependency has a breaker, and none has opened."""
    breakers = items(system.caller.data("GET", "/api/breakers"), "breakers")
    assert {"closed"} == {one["state"] for one in breakers}


@pytest.mark.parametrize("kind", ["prospects", "campaigns"])
def test_records_are_created_read_changed_listed_and_deleted(system: System, kind: str) -> None:
    """The whole life of a record; null fields are absent, not null."""
    new = CAMPAIGN if kind == "campaigns" else {"name": "Bob"}
    made = system.user.data("POST", f"/api/{kind}", new)
    path = f"/api/{kind}/{made['id']}"
    same = system.user.data("PATCH", path, {})
    changed = system.user.data("PATCH", path, {"name": "Bea"})
    read = system.user.data("GET", path)
    page = system.user.data("GET", f"/api/{kind}?limit=1")
    gone = system.user.data("DELETE", path)
    assert (made, changed, [changed]) == (same, read, page["items"])
    assert ("Bea", {"id": made["id"], "deleted": True}) == (changed["name"], gone)
    assert None not in read.values()


def test_pages_follow_each_other_without_gap_or_repeat(system: System) -> None:
    """Walking by cursor meets every record once, newest first; the last page has no cursor."""
    made = [system.user.data("POST", "/api/prospects", {"name": f"P{n}"})["id"] for n in range(5)]
    seen: list[object] = []
    path = "/api/prospects?limit=2"
    while path:
        page = system.user.data("GET", path)
        seen += [item["id"] for item in items(page, "items")]
        path = f"/api/prospects?limit=2&cursor={page['nextCursor']}" if "nextCursor" in page else ""
    assert (made[::-1], len(set(seen))) == (seen[:5], len(seen))


def test_a_mailbox_is_changed_and_deleted_unread(system: System) -> None:
    """Nothing of a mailbox but its id ever comes back."""
    made = system.user.data("POST", "/api/mailboxes", {"address": "b@x.example", "healthy": False})
    path = f"/api/mailboxes/{made['id']}"
    changed = system.user.data("PATCH", path, {"dailyLimit": 5})
    same = system.user.data("PATCH", path, {})
    gone = system.user.data("DELETE", path)
    assert ({"id": made["id"]}, made, made) == (made, changed, same)
    assert {**made, "deleted": True} == gone


def test_health_is_bare_and_lists_the_dependencies(system: System) -> None:
    """Both services answer as the seed prints it; all is well."""
    web = system.user.ask("GET", "/health").json()
    worker = system.cron.ask("GET", "/health").json()
    assert ({"database", "worker", "external_apis"}, "healthy") == (
        set(web["dependencies"]),
        web["status"],
    ), web
    assert ({"database", "cache", "smtp", "imap", "external_apis"}, "healthy") == (
        set(worker["dependencies"]),
        worker["status"],
    ), worker


def test_the_page_shows_the_request_id(system: System) -> None:
    """People can quote it, and it is in the header too."""
    answer = system.user.ask("GET", "/", x_request_id="req_page")
    seen = (answer.status_code, answer.headers["x-request-id"], "req_page" in answer.text)
    assert (200, "req_page", True) == seen


ERRORS = [
    ("GET", "/nowhere", None, (404, "NOT_FOUND")),
    ("GET", "/api/prospects/", None, (404, "NOT_FOUND")),
    ("PUT", "/api/prospects", None, (405, "METHOD_NOT_ALLOWED")),
    ("OPTIONS", "/api/prospects", None, (405, "METHOD_NOT_ALLOWED")),
    ("GET", f"/api/prospects/{NOBODY}", None, (404, "PROSPECT_NOT_FOUND")),
    ("DELETE", f"/api/mailboxes/{NOBODY}", None, (404, "MAILBOX_NOT_FOUND")),
    ("GET", "/api/prospects/1", None, (422, "VALIDATION_FAILED")),
    ("GET", "/api/prospects?limit=0", None, (422, "VALIDATION_FAILED")),
    ("GET", "/api/prospects?limit=1&limit=2", None, (422, "VALIDATION_FAILED")),
    ("GET", "/api/prospects?unknown=1", None, (422, "VALIDATION_FAILED")),
    ("GET", "/api/prospects?cursor=abc", None, (422, "VALIDATION_FAILED")),
    ("POST", "/api/prospects", {"name": ""}, (422, "VALIDATION_FAILED")),
    ("POST", "/api/prospects", {"name": "A", "x": 1}, (422, "VALIDATION_FAILED")),
    ("POST", "/api/prospects", {"name": "A" * 70_000}, (413, "PAYLOAD_TOO_LARGE")),
    ("POST", f"/api/prospects/{NOBODY}/enrich", {"type": "both"}, (404, "PROSPECT_NOT_FOUND")),
    ("POST", f"/api/prospects/{NOBODY}/apply-enrichment", None, (404, "ENRICHMENT_NOT_FOUND")),
    (
        "POST",
        f"/api/prospects/{NOBODY}/send-email",
        {"campaignId": NOBODY},
        (404, "PROSPECT_NOT_FOUND"),
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "expected"), ERRORS)
def test_the_web_refuses(
    system: System, method: str, path: str, body: object, expected: tuple[int, str]
) -> None:
    """Every refusal is enveloped, and has its status and its code."""
    assert expected == system.user.code(method, path, body)


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        (b"{", "application/json", (400, "MALFORMED_REQUEST")),
        (b'{"name": "\xff"}', "application/json", (400, "MALFORMED_REQUEST")),
        (b'{"name": "A", "name": "B"}', "application/json", (400, "MALFORMED_REQUEST")),
        (b'{"name": NaN}', "application/json", (400, "MALFORMED_REQUEST")),
        (b"[" * 50_000, "application/json", (400, "MALFORMED_REQUEST")),
        (b'{"name": "\\ud800"}', "application/json", (422, "VALIDATION_FAILED")),
        (b"{}", "text/plain", (415, "UNSUPPORTED_MEDIA_TYPE")),
        (b"{}", "application/json; charset=latin-1", (415, "UNSUPPORTED_MEDIA_TYPE")),
        (b"{}", "application/json; charset=utf-8", (422, "VALIDATION_FAILED")),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    system: System, content: bytes, media_type: str, expected: tuple[int, str]
) -> None:
    """Each way to get a body wrong has its own status and code."""
    headers = {"content-type": media_type}
    answer = system.user.client.post("/api/prospects", content=content, headers=headers)
    assert expected == (answer.status_code, answer.json()["error"]["code"])


@pytest.mark.parametrize("path", ["/api/prospects", "/health", "/nowhere", "/"])
def test_an_unknown_version_is_refused_anywhere(system: System, path: str) -> None:
    """Whatever is asked for."""
    assert (400, "UNSUPPORTED_VERSION") == system.user.code("GET", path, x_api_version="2")


def test_a_wrong_method_is_told_the_right_ones(system: System) -> None:
    """405 comes with Allow."""
    answer = system.user.ask("PUT", "/api/prospects")
    assert "GET, HEAD, POST" == answer.headers["allow"]


def test_a_head_is_a_get_without_a_body(system: System) -> None:
    """The same status and headers."""
    answer = system.user.ask("HEAD", "/api/prospects")
    assert (200, b"", "1") == (
        answer.status_code,
        answer.content,
        answer.headers["x-api-version"],
    )


def test_tokens_open_only_their_own_doors(system: System) -> None:
    """401 for a stranger, 403 for somebody who is known but not let in."""
    stranger = system.door("worker", "stranger").code("GET", "/api/emails")
    web = system.caller.code("GET", "/api/emails")
    cron = system.cron.code("POST", "/api/send-email")
    user = system.door("web", "stranger").code("GET", "/api/prospects")
    seen = [stranger, web, cron, user]
    refused, forbidden = (401, "UNAUTHORIZED"), (403, "FORBIDDEN")
    assert [refused, forbidden, forbidden, refused] == seen


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/api/cron/unknown", (404, "NOT_FOUND")),
        ("GET", "/api/cron/outbox", (405, "METHOD_NOT_ALLOWED")),
        ("GET", f"/api/emails/{NOBODY}", (404, "EMAIL_NOT_FOUND")),
        ("GET", f"/api/enrichments/{NOBODY}", (404, "ENRICHMENT_NOT_FOUND")),
        ("GET", "/api/emails?status=lost", (422, "VALIDATION_FAILED")),
    ],
)
def test_the_worker_refuses(
    system: System, method: str, path: str, expected: tuple[int, str]
) -> None:
    """Every refusal is enveloped, and has its status and its code."""
    assert expected == system.cron.code(method, path)


def test_a_prospect_without_an_address_is_not_mailed(system: System, campaign: str) -> None:
    """409, passed through by the web."""
    made = system.user.data("POST", "/api/prospects", {"name": "Nobody"})
    path = f"/api/prospects/{made['id']}/send-email"
    expected = (409, "PROSPECT_WITHOUT_EMAIL")
    assert expected == system.user.code("POST", path, {"campaignId": campaign})


def test_every_answer_says_who_it_belongs_to(system: System) -> None:
    """A well-formed ID is taken over, anything else replaced; duration is always there."""
    kept = system.user.ask("GET", "/nowhere", x_request_id="abc.DEF-1_2")
    replaced = system.user.ask("GET", "/nowhere", x_request_id="not well formed")
    meta = kept.json()["meta"]
    fresh = replaced.headers["x-request-id"]
    assert ("abc.DEF-1_2", "abc.DEF-1_2") == (kept.headers["x-request-id"], meta["requestId"])
    assert (True, fresh) == (fresh.startswith("req_"), replaced.json()["meta"]["requestId"])
    assert meta["duration"] >= 0


def test_both_services_log_the_request_id(system: System, prospect: str, campaign: str) -> None:
    """One line of each."""
    _send(system, prospect, campaign, x_request_id="req_logged")
    services = (system.boxes["web"], system.boxes["worker"])
    lines = [box.line("requestId", "req_logged") for box in services]
    assert ["web", "worker"] == [line["service"] for line in lines]


def test_without_the_worker_the_web_says_so(system: System, prospect: str, campaign: str) -> None:
    """The last test of this module: the worker ends; calls, health and page tell, each its way."""
    system.stop("worker")
    order = {"campaignId": campaign}
    refused = system.user.code("POST", f"/api/prospects/{prospect}/send-email", order)
    health = system.user.ask("GET", "/health").json()
    page = system.user.ask("GET", "/")
    assert ((503, "WORKER_UNAVAILABLE"), "degraded", 503) == (
        refused,
        health["status"],
        page.status_code,
    )
    assert "text/html" in page.headers["content-type"]
    assert ["WORKER_UNAVAILABLE"] == poll(lambda: system.alerts() or None)
