"""The boxes of the seed's diagram, and its arrows with the reason for each."""

from __future__ import annotations

from seamwright.contract import Credential, Dependency, Edge, Mode, Protocol

DEPENDENCIES: tuple[Dependency, ...] = (
    Dependency("supabase", "Supabase (PostgreSQL)", stores=True),
    Dependency("d1", "D1 Database (SQLite)", stores=True),
    Dependency("grok", "Grok"),
    Dependency("ddg", "DuckDuckGo"),
    Dependency("smtp", "SMTP server"),
    Dependency("imap", "IMAP server"),
    Dependency("alerts", "Alert webhook"),
)

CREDENTIALS: tuple[Credential, ...] = (
    Credential("user"),
    Credential("web"),
    Credential("cron"),
)

_ANSWER = "the answer needs what it returns"
_ALERT = "an alert must not hold up what it is about"


def _http(caller: str, callee: str, deadline_ms: int, reason: str = _ANSWER) -> Edge:
    return Edge(caller, callee, Protocol.HTTP, Mode.SYNC, reason, deadline_ms)


EDGES: tuple[Edge, ...] = (
    _http("web", "worker", 5_000, "the user waits to hear what became of the request"),
    _http("web", "supabase", 2_000),
    _http("web", "grok", 3_000),
    _http("web", "ddg", 3_000),
    Edge("web", "alerts", Protocol.HTTP, Mode.QUEUED, _ALERT, 1_000),
    _http("worker", "supabase", 2_000),
    _http("worker", "d1", 2_000),
    _http("worker", "grok", 3_000),
    _http("worker", "ddg", 3_000),
    Edge(
        "worker",
        "smtp",
        Protocol.SMTP,
        Mode.SYNC,
        "the answer says whether the mail went out; what cannot go now is queued",
        3_000,
    ),
    Edge(
        "worker",
        "imap",
        Protocol.IMAP,
        Mode.SYNC,
        "the cron run reports what it read",
        3_000,
    ),
    Edge("worker", "alerts", Protocol.HTTP, Mode.QUEUED, _ALERT, 1_000),
)
