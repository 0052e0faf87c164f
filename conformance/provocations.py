"""How the error codes of the seed's system are brought about, beside those that any system has.

states      things that are not there, or not as they must be
faults      edges that are cut, and two that lead to a box which makes no sense
"""

from __future__ import annotations

from dataclasses import replace

from seamwright.drive.cases.provocation import OwnerStep, Provocation
from seamwright.drive.cases.step import Step
from seamwright.drive.faults.cut import Cut

_NOBODY = "00000000-0000-4000-8000-000000000000"
_CAMPAIGN = {"campaignId": "{campaign}"}
_BOTH = {"prospectId": "{prospect}", "campaignId": "{campaign}"}
_PROSPECT_BODY = {"name": "Grace Hopper", "company": "Compilers", "email": "grace@example.test"}
_ID = {"id": "{prospect}"}


def _fresh(name: str, email: str | None = "grace@example.test") -> Step:
    """A prospect that nobody has read yet, so that no cache knows it."""
    body = {"name": "Grace Hopper", "company": "Compilers"}
    given = body if email is None else {**body, "email": email}
    return Step("web", "POST /api/prospects", body=given, keep={name: "/id"})


# --- states -------------------------------------------------------------------------------------

_WEB_SENDS = Step("web", "POST /api/prospects/{id}/send-email", path=_ID, body=_CAMPAIGN)
_WORKER_SENDS = Step("worker", "POST /api/send-email", body=_BOTH)
_WEB_DRAFTS = Step("web", "POST /api/prospects/{id}/draft", path=_ID, body=_CAMPAIGN)
_WEB_ENRICHES = Step("web", "POST /api/prospects/{id}/enrich", path=_ID, body={"type": "website"})
_WORKER_ENRICHES = Step(
    "worker", "POST /api/enrich", body={"prospectId": "{prospect}", "type": "website"}
)
_WEB_APPLIES = Step("web", "POST /api/prospects/{id}/apply-enrichment", path=_ID)

_NO_PROSPECT: tuple[Provocation, ...] = (
    Provocation("PROSPECT_NOT_FOUND", replace(_WEB_SENDS, path={"id": _NOBODY})),
    Provocation("PROSPECT_NOT_FOUND", replace(_WEB_ENRICHES, path={"id": _NOBODY})),
    Provocation("PROSPECT_NOT_FOUND", replace(_WEB_DRAFTS, path={"id": _NOBODY})),
    Provocation(
        "PROSPECT_NOT_FOUND",
        replace(_WORKER_SENDS, body={"prospectId": _NOBODY, "campaignId": "{campaign}"}),
    ),
    Provocation(
        "PROSPECT_NOT_FOUND",
        replace(_WORKER_ENRICHES, body={"prospectId": _NOBODY, "type": "website"}),
    ),
    # It was enriched, and is gone by the time that the enrichment is applied.
    Provocation(
        "PROSPECT_NOT_FOUND",
        replace(_WEB_APPLIES, path={"id": "{gone}"}),
        before=(
            _fresh("gone"),
            replace(_WEB_ENRICHES, path={"id": "{gone}"}),
            Step("web", "DELETE /api/prospects/{id}", path={"id": "{gone}"}),
        ),
    ),
)

_NO_CAMPAIGN: tuple[Provocation, ...] = (
    Provocation("CAMPAIGN_NOT_FOUND", replace(_WEB_SENDS, body={"campaignId": _NOBODY})),
    Provocation("CAMPAIGN_NOT_FOUND", replace(_WEB_DRAFTS, body={"campaignId": _NOBODY})),
    Provocation(
        "CAMPAIGN_NOT_FOUND",
        replace(_WORKER_SENDS, body={"prospectId": "{prospect}", "campaignId": _NOBODY}),
    ),
)

_NO_ENRICHMENT: tuple[Provocation, ...] = (
    Provocation(
        "ENRICHMENT_NOT_FOUND",
        replace(_WEB_APPLIES, path={"id": "{unenriched}"}),
        before=(_fresh("unenriched"),),
    ),
)

_NO_ADDRESS: tuple[Provocation, ...] = (
    Provocation(
        "PROSPECT_WITHOUT_EMAIL",
        replace(_WEB_SENDS, path={"id": "{unreachable}"}),
        before=(_fresh("unreachable", email=None),),
    ),
    Provocation(
        "PROSPECT_WITHOUT_EMAIL",
        replace(_WORKER_SENDS, body={**_BOTH, "prospectId": "{unreachable}"}),
        before=(_fresh("unreachable", email=None),),
    ),
)

# The first order keeps its key, so that the second is about something else.
_KEY = {"Idempotency-Key": "provoked-{prospect}"}
_WEB_KEY = {"Idempotency-Key": "provoked-web-{prospect}"}
_FAR = {"scheduledFor": "2099-01-01T00:00:00Z"}
_KEY_REUSED: tuple[Provocation, ...] = (
    Provocation(
        "IDEMPOTENCY_KEY_REUSED",
        replace(_WORKER_SENDS, body={**_BOTH, **_FAR}, headers=_KEY),
        before=(replace(_WORKER_SENDS, headers=_KEY),),
    ),
    Provocation(
        "IDEMPOTENCY_KEY_REUSED",
        replace(_WEB_SENDS, body={**_CAMPAIGN, **_FAR}, headers=_WEB_KEY),
        before=(replace(_WEB_SENDS, headers=_WEB_KEY),),
    ),
)

# Nobody may list mailboxes through the services, so their owner is asked to make all of them ill.
_ALL_ILL = OwnerStep(
    "supabase",
    "PATCH",
    "/mailboxes?id=not.is.null",
    headers={"apikey": "{door}", "authorization": "Bearer {door}"},
    body={"healthy": False},
)
_ONE_WELL = Step(
    "web", "PATCH /api/mailboxes/{id}", path={"id": "{mailbox}"}, body={"healthy": True}
)
_NO_MAILBOX: tuple[Provocation, ...] = tuple(
    Provocation("MAILBOX_UNAVAILABLE", request, before=(_ALL_ILL,), after=(_ONE_WELL,))
    for request in (_WEB_SENDS, _WORKER_SENDS)
)

# --- faults -------------------------------------------------------------------------------------
# What needs the others to be well comes first: a cut of Supabase may open a breaker for a while.

_LISTS = Step("web", "GET /api/prospects", query={"limit": "1"})
_COUNTS = Step("web", "GET /api/analytics")
_RUNS_OUTBOX = Step("worker", "POST /api/cron/{job}", path={"job": "outbox"})
_RUNS_INBOX = Step("worker", "POST /api/cron/{job}", path={"job": "inbox"})
_SEARCHES = Step("web", "GET /api/search", query={"q": "Analytical Engines"})
_READS_ENRICHMENT = Step(
    "worker", "GET /api/enrichments/{prospectId}", path={"prospectId": "{prospect}"}
)
_COMPARES = Step("worker", "GET /api/sync")
_REPAIRS = Step("worker", "POST /api/sync")


def _cut(
    code: str, edge: str, recovered: Step, *requests: Step, fresh: str = ""
) -> tuple[Provocation, ...]:
    """The code from each of the requests while the edge is cut."""
    return tuple(
        Provocation(
            code,
            request,
            before=(_fresh(fresh),) if fresh else (),
            edge=edge,
            fault=Cut(),
            recovered=recovered,
        )
        for request in requests
    )


_WORKER_DOWN = _cut(
    "WORKER_UNAVAILABLE",
    "web→worker",
    _COUNTS,
    *(_WEB_SENDS, _WEB_ENRICHES, _WEB_APPLIES, _COUNTS),
)

_D1_DOWN = _cut(
    "D1_UNAVAILABLE",
    "worker→d1",
    _COUNTS,
    *(_WEB_SENDS, _WEB_ENRICHES, _WEB_APPLIES, _COUNTS),
    *(_WORKER_SENDS, _WORKER_ENRICHES, _READS_ENRICHMENT, _COMPARES, _REPAIRS, _RUNS_OUTBOX),
    Step("worker", "GET /api/emails"),
    Step("worker", "GET /api/emails/{emailId}", path={"emailId": "{email}"}),
    Step("worker", "GET /api/analytics"),
)

_IMAP_DOWN = _cut("MAIL_UNAVAILABLE", "worker→imap", _RUNS_INBOX, _RUNS_INBOX)

_EXTERNAL_DOWN = (
    *_cut("EXTERNAL_UNAVAILABLE", "web→grok", _WEB_DRAFTS, _WEB_DRAFTS),
    *_cut("EXTERNAL_UNAVAILABLE", "web→ddg", _SEARCHES, _SEARCHES),
)

# A service that gets nonsense from the box behind it has a fault of its own.
_MISLED = (
    Provocation("INTERNAL_ERROR", _LISTS, edge="web→supabase", leads_to="ddg", recovered=_LISTS),
    Provocation(
        "INTERNAL_ERROR",
        _WORKER_ENRICHES,
        edge="worker→supabase",
        leads_to="ddg",
        recovered=_WORKER_ENRICHES,
    ),
)

_FRESH_ID = {"id": "{unread}"}
_SUPABASE_DOWN_FOR_WORKER = _cut(
    "SUPABASE_UNAVAILABLE",
    "worker→supabase",
    _COMPARES,
    replace(_WEB_SENDS, path=_FRESH_ID),
    replace(_WEB_ENRICHES, path=_FRESH_ID),
    replace(_WORKER_SENDS, body={**_BOTH, "prospectId": "{unread}"}),
    replace(_WORKER_ENRICHES, body={"prospectId": "{unread}", "type": "website"}),
    *(_COMPARES, _REPAIRS),
    fresh="unread",
)

_CAMPAIGN_ID = {"id": "{campaign}"}
_MAILBOX_ID = {"id": "{mailbox}"}
_SUPABASE_DOWN_FOR_WEB = _cut(
    "SUPABASE_UNAVAILABLE",
    "web→supabase",
    _LISTS,
    Step("web", "POST /api/prospects", body=_PROSPECT_BODY),
    _LISTS,
    Step("web", "GET /api/prospects/{id}", path=_ID),
    Step("web", "PATCH /api/prospects/{id}", path=_ID, body={"company": "Engines"}),
    Step("web", "DELETE /api/prospects/{id}", path={"id": _NOBODY}),
    Step("web", "POST /api/campaigns", body={"name": "Fall", "subject": "Hm", "body": "Well?"}),
    Step("web", "GET /api/campaigns"),
    Step("web", "GET /api/campaigns/{id}", path=_CAMPAIGN_ID),
    Step("web", "PATCH /api/campaigns/{id}", path=_CAMPAIGN_ID, body={"status": "active"}),
    Step("web", "DELETE /api/campaigns/{id}", path={"id": _NOBODY}),
    Step("web", "POST /api/mailboxes", body={"address": "late@sender.test"}),
    Step("web", "PATCH /api/mailboxes/{id}", path=_MAILBOX_ID, body={"dailyLimit": 70}),
    Step("web", "DELETE /api/mailboxes/{id}", path={"id": _NOBODY}),
    *(_WEB_APPLIES, _WEB_DRAFTS),
)

PROVOCATIONS: tuple[Provocation, ...] = (
    *(*_NO_PROSPECT, *_NO_CAMPAIGN, *_NO_ENRICHMENT, *_NO_ADDRESS),
    *(*_KEY_REUSED, *_NO_MAILBOX),
    *(*_WORKER_DOWN, *_D1_DOWN, *_IMAP_DOWN, *_EXTERNAL_DOWN, *_MISLED),
    *(*_SUPABASE_DOWN_FOR_WORKER, *_SUPABASE_DOWN_FOR_WEB),
)
