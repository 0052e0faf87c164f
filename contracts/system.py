"""The whole contract set."""

from __future__ import annotations

from contracts.endpoints_web import WEB
from contracts.endpoints_worker import WORKER
from contracts.envelope import ENVELOPE
from contracts.errors import ERRORS, EVERYWHERE
from contracts.ownership import ENTITIES
from contracts.recovery import FAILURE_MODES, RECOVERY
from contracts.topology import CREDENTIALS, DEPENDENCIES, EDGES
from seamwright.contract import Health, RequestId, Service, System, Version

SYSTEM = System(
    name="outreach",
    services=(
        Service(
            "web",
            "Next.js App (Vercel)",
            "Serves people: keeps prospects, campaigns and mailboxes, and shows the rest.",
            WEB,
            Health("/health", ("database", "worker", "external_apis")),
        ),
        Service(
            "worker",
            "Cloudflare Worker",
            "Does what takes time: sends mail, reads replies, enriches, counts.",
            WORKER,
            Health("/health", ("database", "cache", "smtp", "imap", "external_apis")),
        ),
    ),
    dependencies=DEPENDENCIES,
    edges=EDGES,
    envelope=ENVELOPE,
    errors=ERRORS,
    everywhere=EVERYWHERE,
    request_id=RequestId(headers=("x-request-id",), mail_header="X-Request-ID"),
    version=Version("x-api-version", "1", "UNSUPPORTED_VERSION"),
    credentials=CREDENTIALS,
    entities=ENTITIES,
    recovery=RECOVERY,
    failure_modes=FAILURE_MODES,
)
