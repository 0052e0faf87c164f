"""The emails in D1, and what becomes of them.

queued ──claimed by one──▶ SMTP ──▶ sent
▲                         ├─ never ─▶ failed
└── not now ──────────────┘
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reference_impl import moment
from reference_impl.column import sql_select
from reference_impl.worker.d1 import Statement, given
from reference_impl.worker.mail import Mail

if TYPE_CHECKING:
    from reference_impl.worker.d1 import D1

Outcome = Literal["sent", "queued", "failed"]

# Longer than any dialogue lasts: who holds a claim has either finished by then, or is gone.
_CLAIM_S = 60.0
_AT_ONCE = 100

# Both may run twice: the row is there already, or is settled already.
_INSERT = """
INSERT INTO emails (email_id, prospect_id, campaign_id, mailbox_id, sender, sender_name, recipient,
    subject, body, status, created_at, scheduled_for, due_at, claimed_until, attempts, request_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'queued', ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (email_id) DO NOTHING
"""
_SETTLE = """
UPDATE emails SET status = ?2, sent_at = ?3, claimed_until = NULL
WHERE email_id = ?1 AND status = 'queued'
"""
_CLAIM = f"""
UPDATE emails SET claimed_until = ?2, attempts = attempts + 1
WHERE email_id IN (
    SELECT email_id FROM emails
    WHERE status = 'queued' AND due_at <= ?1 AND (claimed_until IS NULL OR claimed_until <= ?1)
    ORDER BY due_at LIMIT {_AT_ONCE}
)
RETURNING {sql_select(Mail)}
"""  # noqa: S608 - made of our own constants


def insertion(mail: Mail, created_at: str, scheduled_for: str | None) -> Statement:
    """Puts an email into the outbox: for later when it is scheduled, else claimed by us."""
    now = scheduled_for is None
    return Statement(
        _INSERT,
        (
            mail.emailId,
            mail.prospectId,
            mail.campaignId,
            mail.mailboxId,
            mail.sender,
            mail.senderName,
            mail.recipient,
            mail.subject,
            mail.body,
            created_at,
            scheduled_for,
            scheduled_for or created_at,
            moment.after(_CLAIM_S) if now else None,
            int(now),
            mail.requestId,
        ),
    )


def settlement(mail: Mail, outcome: Outcome, sent_at: str | None) -> Statement:
    """Writes down what became of a claimed email, and gives the claim back."""
    return Statement(_SETTLE, (mail.emailId, outcome, sent_at))


async def claim(d1: D1, request_id: str) -> list[Mail]:
    """The emails that are due, ours alone for a while."""
    statement = Statement(_CLAIM, (moment.now(), moment.after(_CLAIM_S)))
    (rows,) = await d1.run(request_id, statement)
    return [Mail.model_validate(given(row)) for row in rows]
