"""`python -m reference_impl.worker`: the worker.

Environment:
    PORT: the port on 127.0.0.1.
    SUPABASE_URL, SUPABASE_KEY: PostgREST, and a JWT whose role is `worker`.
    D1_URL, D1_TOKEN, D1_ACCOUNT (local), D1_DATABASE (outreach): Cloudflare's D1 query API.
    SMTP_HOST, SMTP_PORT, IMAP_HOST, IMAP_PORT, MAIL_PASSWORD: the mail servers; each mailbox logs
        in as its own address.
    GROK_URL, GROK_API_KEY, DDG_URL, ALERTS_URL, ALERTS_TOKEN: the external APIs, the alert webhook.
    WEB_TOKEN, CRON_TOKEN: what the web and the cron trigger show.
    OUTBOX_CLAIM_MS (60000), OUTBOX_RETRY_MS (5000), OUTBOX_RETRY_MOST_MS (900000): how long an
        email is held by who sends it, and how long it waits when it was put off for the first time,
        and at most.
    SMTP_FAREWELL_MS (500): how long a goodbye to the mail server may take.
    DEADLINE_<CALLEE>_MS, RATE_LIMIT_FACTOR, MAX_BODY_BYTES, BREAKER_FAILURES, BREAKER_OPEN_MS:
        the contract's values where they are absent.
    CONNECT_MS, HEALTH_WITHIN_MS, RETRY_ATTEMPTS, RETRY_BASE_MS, RETRY_CAP_MS, RETRY_AFTER_MOST_MS:
        see `settings`.
    ENRICHMENT_CLAIM_MS, PATIENCE_WEB_MS: how long queued enrichments belong to one run; how long
        the web waits for us.
    GRACE_MS (500): how long requests under way have when we are to end.
"""

from __future__ import annotations

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.unreadable import unreadable
from reference_impl.worker.application import application


def main() -> None:
    """Serve until SIGTERM."""
    log = Log("worker")
    serve(application(log), environment.port("PORT"), refuse=unreadable(log))


if __name__ == "__main__":
    main()
