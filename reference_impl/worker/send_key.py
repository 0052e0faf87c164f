"""The `Idempotency-Key` of an order: the same key is answered with the first result, for 24 hours.

The key and the email go into D1 in one transaction, so that a key without its email, or two emails
of one key, cannot be. A refused order leaves no key behind: it may be tried again with the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from reference_impl import moment
from reference_impl.foreign import Foreign
from reference_impl.worker.d1 import Statement, given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contracts.worker_messages import SendEmailRequest
    from reference_impl.worker.d1 import Row

_LASTS = timedelta(hours=24)

# A key that has run out is as good as none: its row is taken over.
_TAKE = """
INSERT INTO send_keys (key, asked, email_id, status, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (key) DO UPDATE SET asked = excluded.asked, email_id = excluded.email_id,
    status = excluded.status, sent_at = NULL, expires_at = excluded.expires_at
WHERE send_keys.expires_at <= ?6
"""
# Until the first order was answered, or where whoever was to answer it was killed: the email as it
# stands now.
_LOOKUP = """
SELECT k.email_id AS "emailId", k.asked AS asked, coalesce(k.status, e.status) AS status,
    CASE WHEN k.status IS NULL THEN e.sent_at ELSE k.sent_at END AS "sentAt"
FROM send_keys AS k JOIN emails AS e ON e.email_id = k.email_id
WHERE k.key = ?1 AND k.expires_at > ?2
"""
_ANSWER = "UPDATE send_keys SET status = ?2, sent_at = ?3 WHERE email_id = ?1 AND status IS NULL"
_FORGET = "DELETE FROM send_keys WHERE expires_at <= ?1"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key, and a digest of what is ordered with it."""

    key: str
    asked: str


class First(Foreign):
    """What was ordered first with a key, and what became of it."""

    emailId: str  # noqa: N815 - as the contract names it
    asked: str
    status: Literal["sent", "queued", "failed"]
    sentAt: str | None = None  # noqa: N815


def keyed(key: str, asked: SendEmailRequest) -> Keyed:
    """The key with the digest of an order; its fields' order and spaces play no part."""
    text = asked.model_dump_json(exclude_none=True)
    return Keyed(key, f"sha256:{hashlib.sha256(text.encode()).hexdigest()}")


def taking(order: Keyed, email_id: str, now: str, *, scheduled: bool) -> Statement:
    """Take the key for an email, unless somebody has it. A scheduled one is answered at once."""
    expires_at = moment.text(datetime.fromisoformat(now) + _LASTS)
    status = "queued" if scheduled else None
    return Statement(_TAKE, (order.key, order.asked, email_id, status, expires_at, now))


def lookup(key: str, now: str) -> Statement:
    """Ask who has the key."""
    return Statement(_LOOKUP, (key, now))


def first(rows: Sequence[Row]) -> First | None:
    """What `lookup` found."""
    return First.model_validate(given(rows[0])) if rows else None


def answering(email_id: str, status: str, sent_at: str | None) -> Statement:
    """Keep the first result of an email's order."""
    return Statement(_ANSWER, (email_id, status, sent_at))


def forgetting(now: str) -> Statement:
    """Forget the keys that have run out."""
    return Statement(_FORGET, (now,))
