"""`python -m reference_impl.web`: the web application.

Environment:
    PORT: the port on 127.0.0.1.
    SUPABASE_URL, SUPABASE_KEY: PostgREST, and a JWT whose role is `web`.
    WORKER_URL, WORKER_TOKEN: the worker, and the token that it knows the web by.
    GROK_URL, GROK_API_KEY, DDG_URL, ALERTS_URL, ALERTS_TOKEN: the external APIs, the alert webhook.
    USER_TOKEN: what a user shows.
    DEADLINE_<CALLEE>_MS, RATE_LIMIT_FACTOR, MAX_BODY_BYTES, BREAKER_FAILURES, BREAKER_OPEN_MS:
        the contract's values where they are absent.
    CONNECT_MS, HEALTH_WITHIN_MS, RETRY_ATTEMPTS, RETRY_BASE_MS, RETRY_CAP_MS, RETRY_AFTER_MOST_MS:
        see `settings`.
    GRACE_MS (500): how long requests under way have when we are to end.
"""

from __future__ import annotations

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.unreadable import unreadable
from reference_impl.web.application import application


def main() -> None:
    """Serve until SIGTERM."""
    log = Log("web")
    serve(application(log), environment.port("PORT"), refuse=unreadable(log))


if __name__ == "__main__":
    main()
