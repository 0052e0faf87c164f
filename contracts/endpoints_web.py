"""The web application's endpoints."""

from __future__ import annotations

from contracts import web_messages as message
from contracts.worker_messages import (
    Analytics,
    Breakers,
    EnrichmentResponse,
    HealthReport,
    OrderHeaders,
    SendEmailResponse,
)
from seamwright.contract import Endpoint, Message, RateLimit

_DONE = "the caller needs the answer, and it is there at once"
# One kind of caller is known here, and it may do everything: nobody is known and forbidden.
_GUARD = ("UNAUTHORIZED", "RATE_LIMITED")
_BODY = ("UNSUPPORTED_MEDIA_TYPE", "VALIDATION_FAILED")
_ROW = "SUPABASE_UNAVAILABLE"
_USER = ("user",)
# A caller that was refused waits ten seconds at most.
_READ = RateLimit(limit=120, window_s=10)
_ACT = RateLimit(limit=60, window_s=10)
_SUPABASE = frozenset({"supabase"})
_WORKER = frozenset({"worker"})


def _create(kind: str, request: type[Message], response: type[Message]) -> Endpoint:
    return Endpoint(
        "POST",
        f"/api/{kind}",
        f"Create one of the {kind}.",
        request=request,
        response=response,
        status=201,
        mode_reason=_DONE,
        errors=(*_GUARD, *_BODY, _ROW),
        rate_limit=_ACT,
        writes=frozenset({kind}),
        calls=_SUPABASE,
        credentials=_USER,
    )


def _list(kind: str, response: type[Message]) -> Endpoint:
    return Endpoint(
        "GET",
        f"/api/{kind}",
        f"List {kind}, newest first.",
        query=message.PageQuery,
        response=response,
        mode_reason=_DONE,
        errors=(*_GUARD, "VALIDATION_FAILED", _ROW),
        rate_limit=_READ,
        reads=frozenset({kind}),
        calls=_SUPABASE,
        credentials=_USER,
    )


def _read(kind: str, missing: str, response: type[Message]) -> Endpoint:
    return Endpoint(
        "GET",
        f"/api/{kind}/{{id}}",
        f"Read one of the {kind}.",
        response=response,
        mode_reason=_DONE,
        path_values=message.ById,
        errors=(*_GUARD, "VALIDATION_FAILED", missing, _ROW),
        rate_limit=_READ,
        reads=frozenset({kind}),
        calls=_SUPABASE,
        credentials=_USER,
    )


def _change(kind: str, missing: str, request: type[Message], response: type[Message]) -> Endpoint:
    return Endpoint(
        "PATCH",
        f"/api/{kind}/{{id}}",
        f"Change one of the {kind}.",
        request=request,
        response=response,
        mode_reason=_DONE,
        path_values=message.ById,
        errors=(*_GUARD, *_BODY, missing, _ROW),
        rate_limit=_ACT,
        writes=frozenset({kind}),
        calls=_SUPABASE,
        credentials=_USER,
    )


def _delete(kind: str, missing: str) -> Endpoint:
    return Endpoint(
        "DELETE",
        f"/api/{kind}/{{id}}",
        f"Delete one of the {kind}.",
        response=message.Deleted,
        mode_reason=_DONE,
        path_values=message.ById,
        errors=(*_GUARD, "VALIDATION_FAILED", missing, _ROW),
        rate_limit=_ACT,
        writes=frozenset({kind}),
        calls=_SUPABASE,
        credentials=_USER,
    )


_STORED: tuple[Endpoint, ...] = (
    _create("prospects", message.ProspectInput, message.Prospect),
    _list("prospects", message.ProspectPage),
    _read("prospects", "PROSPECT_NOT_FOUND", message.Prospect),
    _change("prospects", "PROSPECT_NOT_FOUND", message.ProspectChange, message.Prospect),
    _delete("prospects", "PROSPECT_NOT_FOUND"),
    _create("campaigns", message.CampaignInput, message.Campaign),
    _list("campaigns", message.CampaignPage),
    _read("campaigns", "CAMPAIGN_NOT_FOUND", message.Campaign),
    _change("campaigns", "CAMPAIGN_NOT_FOUND", message.CampaignChange, message.Campaign),
    _delete("campaigns", "CAMPAIGN_NOT_FOUND"),
    _create("mailboxes", message.MailboxInput, message.MailboxReference),
    _change("mailboxes", "MAILBOX_NOT_FOUND", message.MailboxChange, message.MailboxReference),
    _delete("mailboxes", "MAILBOX_NOT_FOUND"),
)

_THROUGH_WORKER: tuple[Endpoint, ...] = (
    Endpoint(
        "POST",
        "/api/prospects/{id}/send-email",
        "Send this prospect an email of a campaign.",
        request=message.SendProspectEmail,
        headers=OrderHeaders,
        response=SendEmailResponse,
        mode_reason="as the worker answers: sent at once, or queued",
        path_values=message.ById,
        errors=(
            *_GUARD,
            *_BODY,
            "PROSPECT_NOT_FOUND",
            "CAMPAIGN_NOT_FOUND",
            "PROSPECT_WITHOUT_EMAIL",
            "IDEMPOTENCY_KEY_REUSED",
            "MAILBOX_UNAVAILABLE",
            "WORKER_UNAVAILABLE",
            "SUPABASE_UNAVAILABLE",
            "D1_UNAVAILABLE",
        ),
        rate_limit=_ACT,
        calls=_WORKER,
        credentials=_USER,
    ),
    Endpoint(
        "POST",
        "/api/prospects/{id}/enrich",
        "Find out more about this prospect.",
        request=message.EnrichProspect,
        response=EnrichmentResponse,
        mode_reason="as the worker answers: what could be found at once; the rest is queued",
        path_values=message.ById,
        errors=(
            *_GUARD,
            *_BODY,
            "PROSPECT_NOT_FOUND",
            "WORKER_UNAVAILABLE",
            "SUPABASE_UNAVAILABLE",
            "D1_UNAVAILABLE",
        ),
        rate_limit=_ACT,
        calls=_WORKER,
        credentials=_USER,
    ),
    Endpoint(
        "POST",
        "/api/prospects/{id}/apply-enrichment",
        "Write what the worker found into the prospect.",
        response=message.Prospect,
        mode_reason=_DONE,
        path_values=message.ById,
        errors=(
            *_GUARD,
            "VALIDATION_FAILED",
            "PROSPECT_NOT_FOUND",
            "ENRICHMENT_NOT_FOUND",
            "WORKER_UNAVAILABLE",
            "SUPABASE_UNAVAILABLE",
            "D1_UNAVAILABLE",
        ),
        rate_limit=_ACT,
        reads=frozenset({"enrichments"}),
        writes=frozenset({"prospects"}),
        calls=_WORKER | _SUPABASE,
        credentials=_USER,
    ),
    Endpoint(
        "GET",
        "/api/analytics",
        "Count what was sent, queued, answered and enriched.",
        response=Analytics,
        mode_reason=_DONE,
        errors=(*_GUARD, "WORKER_UNAVAILABLE", "D1_UNAVAILABLE"),
        rate_limit=_READ,
        reads=frozenset({"analytics"}),
        calls=_WORKER,
        credentials=_USER,
    ),
)

_EXTERNAL: tuple[Endpoint, ...] = (
    Endpoint(
        "POST",
        "/api/prospects/{id}/draft",
        "Let Grok draft an email for this prospect.",
        request=message.DraftRequest,
        response=message.Draft,
        mode_reason="a person waits for the draft",
        path_values=message.ById,
        errors=(
            *_GUARD,
            *_BODY,
            "PROSPECT_NOT_FOUND",
            "CAMPAIGN_NOT_FOUND",
            "SUPABASE_UNAVAILABLE",
            "EXTERNAL_UNAVAILABLE",
        ),
        rate_limit=_ACT,
        reads=frozenset({"prospects", "campaigns"}),
        calls=_SUPABASE | {"grok"},
        credentials=_USER,
    ),
    Endpoint(
        "GET",
        "/api/search",
        "Search the web.",
        query=message.SearchQuery,
        response=message.SearchResults,
        mode_reason="a person waits for the hits",
        errors=(*_GUARD, "VALIDATION_FAILED", "EXTERNAL_UNAVAILABLE"),
        rate_limit=_ACT,
        calls=frozenset({"ddg"}),
        credentials=_USER,
    ),
)

WEB: tuple[Endpoint, ...] = (
    *_STORED,
    *_THROUGH_WORKER,
    *_EXTERNAL,
    Endpoint(
        "GET",
        "/api/breakers",
        "Show the circuit breakers.",
        response=Breakers,
        mode_reason=_DONE,
        errors=_GUARD,
        rate_limit=_READ,
        credentials=_USER,
    ),
    Endpoint(
        "GET",
        "/health",
        "Say how the web application does.",
        response=HealthReport,
        mode_reason=_DONE,
    ),
    Endpoint(
        "GET",
        "/",
        "The page that people see.",
        response=None,
        mode_reason=_DONE,
        calls=_WORKER,
    ),
)
