"""The worker's tables in D1. Moments are text that sorts like time (see `moment`)."""

from __future__ import annotations

TABLES: tuple[str, ...] = (
    # due_at: when it may go. claim: whose it is, until claimed_until.
    # request_id: of the request that asked for it; the mail carries it, whoever sends it.
    """
    CREATE TABLE IF NOT EXISTS emails (
        email_id TEXT PRIMARY KEY,
        prospect_id TEXT NOT NULL,
        campaign_id TEXT NOT NULL,
        mailbox_id TEXT NOT NULL,
        sender TEXT NOT NULL,
        sender_name TEXT,
        recipient TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('sent', 'queued', 'failed')),
        created_at TEXT NOT NULL,
        scheduled_for TEXT,
        sent_at TEXT,
        replied_at TEXT,
        due_at TEXT NOT NULL,
        claim TEXT,
        claimed_until TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        request_id TEXT NOT NULL
    )
    """,
    "CREATE INDEX IF NOT EXISTS emails_page ON emails (created_at, email_id)",
    "CREATE INDEX IF NOT EXISTS emails_of_prospect ON emails (prospect_id, created_at)",
    "CREATE INDEX IF NOT EXISTS emails_status ON emails (status, due_at, replied_at)",
    # The Idempotency-Key of an order. status, sent_at: what was answered, once it was.
    """
    CREATE TABLE IF NOT EXISTS send_keys (
        key TEXT PRIMARY KEY,
        asked TEXT NOT NULL,
        email_id TEXT NOT NULL,
        status TEXT,
        sent_at TEXT,
        expires_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX IF NOT EXISTS send_keys_email ON send_keys (email_id)",
    "CREATE INDEX IF NOT EXISTS send_keys_expiry ON send_keys (expires_at)",
    # queued: an external API could not say everything, so it is to be asked again.
    """
    CREATE TABLE IF NOT EXISTS enrichments (
        prospect_id TEXT PRIMARY KEY,
        type TEXT NOT NULL,
        website TEXT,
        email TEXT,
        status TEXT NOT NULL CHECK (status IN ('complete', 'partial', 'failed')),
        queued INTEGER NOT NULL,
        claimed_until TEXT,
        updated_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX IF NOT EXISTS enrichments_queued ON enrichments (queued, updated_at)",
    # What the worker knows of Supabase's entities; row is the whole record as JSON, which was
    # still so at seen_at.
    """
    CREATE TABLE IF NOT EXISTS cache (
        entity TEXT NOT NULL,
        id TEXT NOT NULL,
        row TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        PRIMARY KEY (entity, id)
    )
    """,
)
