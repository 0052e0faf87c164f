"""The seed's recovery table and failure modes, with the time that each may take."""

from __future__ import annotations

from seamwright.contract import Recovery

_DRILL = "no drill plays this row from the first fault to the recovery yet"

RECOVERY: tuple[Recovery, ...] = (
    Recovery(
        "recovery.worker-down",
        "CF Worker down",
        detection="Health check fails",
        recovery="Alert, Vercel shows error page",
        edges=("web→worker",),
        detect_within_ms=10_000,
        recover_within_ms=10_000,
        lacks=_DRILL,
    ),
    Recovery(
        "recovery.supabase-down",
        "Supabase down",
        detection="Connection timeout",
        recovery="CF Worker uses D1 cache",
        edges=("web→supabase", "worker→supabase"),
        detect_within_ms=5_000,
        recover_within_ms=35_000,
        lacks=_DRILL,
    ),
    Recovery(
        "recovery.d1-down",
        "D1 down",
        detection="Query fails",
        recovery="Log error, retry with backoff",
        edges=("worker→d1",),
        detect_within_ms=5_000,
        recover_within_ms=10_000,
        lacks=_DRILL,
    ),
    Recovery(
        "recovery.external-down",
        "External API down",
        detection="Circuit breaker opens",
        recovery="Skip enrichment, queue for later",
        edges=("worker→grok", "worker→ddg", "web→grok", "web→ddg"),
        detect_within_ms=20_000,
        recover_within_ms=35_000,
        rules=("FLT001",),
        lacks=_DRILL,
    ),
)

FAILURE_MODES: tuple[Recovery, ...] = (
    Recovery(
        "failure.worker-unreachable",
        "Next.js calls CF worker, worker is down",
        impact="UI shows errors, emails don't send",
        detection="The call is refused or passes its deadline; web's health is degraded",
        recovery="503 WORKER_UNAVAILABLE within the deadline, and what was accepted is not lost",
        edges=("web→worker",),
        detect_within_ms=5_000,
        recover_within_ms=10_000,
        lacks=_DRILL,
    ),
    Recovery(
        "failure.supabase-slow",
        "CF worker calls Supabase, Supabase is slow",
        impact="Worker times out, cron fails",
        detection="The call passes its deadline, the breaker counts it",
        recovery="The worker reads its D1 cache and marks the answer; cron goes on",
        edges=("worker→supabase",),
        detect_within_ms=5_000,
        recover_within_ms=35_000,
        lacks=_DRILL,
    ),
    Recovery(
        "failure.stores-diverge",
        "D1 and Supabase have different data",
        impact="Inconsistent state, duplicate actions",
        detection="GET /api/sync names the entity",
        recovery="POST /api/sync repairs by ownership; nothing is done twice",
        edges=("worker→supabase", "worker→d1"),
        detect_within_ms=5_000,
        recover_within_ms=5_000,
        lacks=_DRILL,
    ),
    Recovery(
        "failure.external-rate-limited",
        "External API (Grok) rate limited",
        impact="Enrichment fails silently",
        detection="429 is seen and reported as partial or failed",
        recovery="Backoff that honours Retry-After, queued and worked off once",
        edges=("worker→grok",),
        detect_within_ms=5_000,
        recover_within_ms=35_000,
        lacks=_DRILL,
    ),
    Recovery(
        "failure.smtp-rejects",
        "SMTP server rejects connection",
        impact="Emails queued but never sent",
        detection="The refusal is logged and an alert is raised",
        recovery="Queued, retried, and sent exactly once",
        edges=("worker→smtp",),
        detect_within_ms=5_000,
        recover_within_ms=35_000,
        lacks=_DRILL,
    ),
)
