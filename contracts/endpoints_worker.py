"""The worker's endpoints."""

from __future__ import annotations

from contracts import worker_messages as message
from seamwright.contract import Endpoint, Mode, RateLimit

_DONE = "the caller needs the answer, and it is there at once"
_OPEN = ("UNAUTHORIZED", "RATE_LIMITED")
_GUARD = (*_OPEN, "FORBIDDEN")
_BODY = ("UNSUPPORTED_MEDIA_TYPE", "VALIDATION_FAILED")
_WEB = ("web",)
_OPERATOR = ("cron",)
# Whoever is known: nobody can be forbidden what everybody may do.
_ANY = ("web", "cron")
# A caller that was refused waits ten seconds at most.
_READ = RateLimit(limit=120, window_s=10)
_ACT = RateLimit(limit=60, window_s=10)

WORKER: tuple[Endpoint, ...] = (
    Endpoint(
        "POST",
        "/api/send-email",
        "Send an email to a prospect.",
        request=message.SendEmailRequest,
        headers=message.OrderHeaders,
        response=message.SendEmailResponse,
        mode_reason="sent at once; queued when scheduledFor lies ahead or the server must wait",
        errors=(
            *_GUARD,
            *_BODY,
            "PROSPECT_NOT_FOUND",
            "CAMPAIGN_NOT_FOUND",
            "PROSPECT_WITHOUT_EMAIL",
            "IDEMPOTENCY_KEY_REUSED",
            "MAILBOX_UNAVAILABLE",
            "SUPABASE_UNAVAILABLE",
            "D1_UNAVAILABLE",
        ),
        rate_limit=_ACT,
        reads=frozenset({"prospects", "campaigns", "mailboxes"}),
        writes=frozenset({"emails", "analytics"}),
        calls=frozenset({"supabase", "d1", "smtp"}),
        credentials=_WEB,
    ),
    Endpoint(
        "GET",
        "/api/emails",
        "List emails, newest first.",
        query=message.EmailQuery,
        response=message.EmailPage,
        mode_reason=_DONE,
        errors=(*_GUARD, "VALIDATION_FAILED", "D1_UNAVAILABLE"),
        rate_limit=_READ,
        reads=frozenset({"emails"}),
        calls=frozenset({"d1"}),
        credentials=_OPERATOR,
    ),
    Endpoint(
        "GET",
        "/api/emails/{emailId}",
        "Read one email.",
        response=message.Email,
        mode_reason=_DONE,
        path_values=message.ByEmail,
        errors=(*_GUARD, "VALIDATION_FAILED", "EMAIL_NOT_FOUND", "D1_UNAVAILABLE"),
        rate_limit=_READ,
        reads=frozenset({"emails"}),
        calls=frozenset({"d1"}),
        credentials=_OPERATOR,
    ),
    Endpoint(
        "POST",
        "/api/enrich",
        "Find a prospect's website and address.",
        request=message.EnrichmentRequest,
        response=message.EnrichmentResponse,
        mode_reason="answered at once; what an external API could not say is queued",
        errors=(*_GUARD, *_BODY, "PROSPECT_NOT_FOUND", "SUPABASE_UNAVAILABLE", "D1_UNAVAILABLE"),
        rate_limit=_ACT,
        reads=frozenset({"prospects"}),
        writes=frozenset({"enrichments", "analytics"}),
        calls=frozenset({"supabase", "d1", "grok", "ddg"}),
        credentials=_WEB,
    ),
    Endpoint(
        "GET",
        "/api/enrichments/{prospectId}",
        "Read what was found about a prospect.",
        response=message.EnrichmentResponse,
        mode_reason=_DONE,
        path_values=message.ByProspect,
        errors=(*_OPEN, "VALIDATION_FAILED", "ENRICHMENT_NOT_FOUND", "D1_UNAVAILABLE"),
        rate_limit=_READ,
        reads=frozenset({"enrichments"}),
        calls=frozenset({"d1"}),
        credentials=_ANY,
    ),
    Endpoint(
        "GET",
        "/api/analytics",
        "Count what was sent, queued, answered and enriched.",
        response=message.Analytics,
        mode_reason=_DONE,
        errors=(*_OPEN, "D1_UNAVAILABLE"),
        rate_limit=_READ,
        reads=frozenset({"analytics"}),
        calls=frozenset({"d1"}),
        credentials=_ANY,
    ),
    Endpoint(
        "GET",
        "/api/sync",
        "Compare the D1 cache with Supabase.",
        response=message.SyncReport,
        mode_reason=_DONE,
        errors=(*_GUARD, "SUPABASE_UNAVAILABLE", "D1_UNAVAILABLE"),
        rate_limit=_ACT,
        reads=frozenset({"prospects", "campaigns", "mailboxes"}),
        calls=frozenset({"supabase", "d1"}),
        credentials=_OPERATOR,
    ),
    Endpoint(
        "POST",
        "/api/sync",
        "Repair the D1 cache from Supabase.",
        response=message.SyncReport,
        mode_reason="the operator waits to see that both agree",
        errors=(*_GUARD, "SUPABASE_UNAVAILABLE", "D1_UNAVAILABLE"),
        rate_limit=_ACT,
        reads=frozenset({"prospects", "campaigns", "mailboxes"}),
        calls=frozenset({"supabase", "d1"}),
        credentials=_OPERATOR,
    ),
    Endpoint(
        "POST",
        "/api/cron/{job}",
        "Run a cron job: send what is due, read replies, work off queued enrichment.",
        response=message.CronReport,
        mode_reason="the cron trigger reports what the run did",
        path_values=message.ByJob,
        errors=(*_GUARD, "D1_UNAVAILABLE", "MAIL_UNAVAILABLE"),
        rate_limit=_ACT,
        reads=frozenset({"prospects", "campaigns", "mailboxes", "emails", "enrichments"}),
        writes=frozenset({"emails", "enrichments", "analytics"}),
        calls=frozenset({"supabase", "d1", "smtp", "imap", "grok", "ddg"}),
        credentials=_OPERATOR,
    ),
    Endpoint(
        "GET",
        "/api/breakers",
        "Show the circuit breakers.",
        response=message.Breakers,
        mode_reason=_DONE,
        errors=_OPEN,
        rate_limit=_READ,
        credentials=_ANY,
    ),
    Endpoint(
        "GET",
        "/health",
        "Say how the worker does.",
        response=message.HealthReport,
        mode_reason=_DONE,
        mode=Mode.SYNC,
    ),
)
