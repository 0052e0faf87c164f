"""Every endpoint of both services, each at least once, from a new prospect to its last email."""

from __future__ import annotations

from seamwright.drive.cases.step import Step

_PROSPECT = {"name": "Ada Lovelace", "company": "Analytical Engines", "email": "ada@example.test"}
_CAMPAIGN = {"name": "Spring", "subject": "An engine for you", "body": "Dear Ada, shall we talk?"}
_ID = {"id": "{prospect}"}

SETUP: tuple[Step, ...] = (
    Step(
        "web", "POST /api/mailboxes", body={"address": "sales@sender.test"}, keep={"mailbox": "/id"}
    ),
    Step("web", "POST /api/campaigns", body=_CAMPAIGN, keep={"campaign": "/id"}),
    Step("web", "POST /api/prospects", body=_PROSPECT, keep={"prospect": "/id"}),
)

_STORED: tuple[Step, ...] = (
    Step("web", "GET /api/prospects", query={"limit": "5"}),
    Step("web", "GET /api/prospects/{id}", path=_ID),
    Step("web", "PATCH /api/prospects/{id}", path=_ID, body={"company": "Engines & Sons"}),
    Step("web", "GET /api/campaigns"),
    Step("web", "GET /api/campaigns/{id}", path={"id": "{campaign}"}),
    Step("web", "PATCH /api/campaigns/{id}", path={"id": "{campaign}"}, body={"status": "active"}),
    Step("web", "PATCH /api/mailboxes/{id}", path={"id": "{mailbox}"}, body={"dailyLimit": 60}),
)

_MAILED: tuple[Step, ...] = (
    Step(
        "web",
        "POST /api/prospects/{id}/send-email",
        path=_ID,
        body={"campaignId": "{campaign}"},
        keep={"email": "/emailId"},
    ),
    Step(
        "worker",
        "POST /api/send-email",
        body={"prospectId": "{prospect}", "campaignId": "{campaign}"},
    ),
    Step("worker", "GET /api/emails", query={"prospectId": "{prospect}", "limit": "10"}),
    Step("worker", "GET /api/emails/{emailId}", path={"emailId": "{email}"}),
    Step("web", "GET /api/analytics"),
    Step("worker", "GET /api/analytics"),
)

_ENRICHED: tuple[Step, ...] = (
    Step("web", "POST /api/prospects/{id}/enrich", path=_ID, body={"type": "both"}),
    Step("worker", "POST /api/enrich", body={"prospectId": "{prospect}", "type": "website"}),
    Step("worker", "GET /api/enrichments/{prospectId}", path={"prospectId": "{prospect}"}),
    Step("web", "POST /api/prospects/{id}/apply-enrichment", path=_ID),
    Step(
        "web",
        "POST /api/prospects/{id}/draft",
        path=_ID,
        body={"campaignId": "{campaign}"},
    ),
    Step("web", "GET /api/search", query={"q": "Analytical Engines"}),
)

_OPERATED: tuple[Step, ...] = (
    Step("worker", "POST /api/cron/{job}", path={"job": "outbox"}),
    Step("worker", "POST /api/cron/{job}", path={"job": "inbox"}),
    Step("worker", "POST /api/cron/{job}", path={"job": "enrichment"}),
    Step("worker", "POST /api/sync"),
    Step("worker", "GET /api/sync"),
    Step("worker", "GET /api/breakers"),
    Step("web", "GET /api/breakers"),
    Step("worker", "GET /health"),
    Step("web", "GET /health"),
    Step("web", "GET /"),
)

_REMOVED: tuple[Step, ...] = (
    Step(
        "web",
        "POST /api/mailboxes",
        body={"address": "old@sender.test"},
        keep={"old_mailbox": "/id"},
    ),
    Step("web", "DELETE /api/mailboxes/{id}", path={"id": "{old_mailbox}"}),
    Step("web", "POST /api/campaigns", body=_CAMPAIGN, keep={"old_campaign": "/id"}),
    Step("web", "DELETE /api/campaigns/{id}", path={"id": "{old_campaign}"}),
    Step("web", "POST /api/prospects", body={"name": "Gone"}, keep={"old_prospect": "/id"}),
    Step("web", "DELETE /api/prospects/{id}", path={"id": "{old_prospect}"}),
)

JOURNEY: tuple[Step, ...] = (*SETUP, *_STORED, *_MAILED, *_ENRICHED, *_OPERATED, *_REMOVED)
