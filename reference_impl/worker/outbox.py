"""The emails in D1, and what becomes of them.

queued ──claimed by one──▶ SMTP ──▶ sent
▲                         ├─ never ─▶ failed
└── not now ──────────────┘

A claim has a name and an end. Whoever holds it and is killed loses it when it ends; whoever is late
finds that it is somebody else's, and may then only say what is true for ever: sent, or failed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from reference_impl import moment
from reference_impl.column import sql_select
from reference_impl.worker import send_key
from reference_impl.worker.d1 import Statement, given
from reference_impl.worker.mail import Mail

if TYPE_CHECKING:
    from collections.abc import Callable

    from reference_impl.worker.d1 import D1
    from reference_impl.worker.send_key import First, Keyed

Status = Literal["sent", "queued", "failed"]

_AT_ONCE = 100

# All of these may run twice, one right after the other: D1 is asked again when its answer is lost.
_INSERT = """
INSERT INTO emails (email_id, prospect_id, campaign_id, mailbox_id, sender, sender_name, recipient,
    subject, body, status, created_at, scheduled_for, due_at, claim, claimed_until, attempts,
    request_id)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'queued', ?10, ?11, ?12, ?13, ?14, ?15, ?16
WHERE ?17 IS NULL OR EXISTS (SELECT 1 FROM send_keys WHERE key = ?17 AND email_id = ?1)
ON CONFLICT (email_id) DO NOTHING
"""
# Sent is true whoever says it, and however late. Failed is, unless it was sent. Only "not now" is
# for the holder of the claim alone to say, since it gives the claim back.
_SETTLE = """
UPDATE emails
SET status = ?2, sent_at = ?3, due_at = coalesce(?4, due_at), claim = NULL, claimed_until = NULL
WHERE email_id = ?1 AND (
    (status = 'queued' AND (?2 <> 'queued' OR claim = ?5)) OR (status = 'failed' AND ?2 = 'sent')
)
"""
_CLAIM = f"""
UPDATE emails SET attempts = attempts + (claim IS NOT ?3), claim = ?3, claimed_until = ?2
WHERE email_id IN (
    SELECT email_id FROM emails
    WHERE status = 'queued'
        AND (claim IS ?3 OR (due_at <= ?1 AND (claimed_until IS NULL OR claimed_until <= ?1)))
    ORDER BY claim IS ?3 DESC, due_at LIMIT {_AT_ONCE}
)
RETURNING {sql_select(Mail)}
"""  # noqa: S608 - made of our own constants


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds.

    Attributes:
        claim_s: how long a claim lasts; longer than a dialogue.
        dialogue_s: how long one mail may take at most.
        first_wait_s: how long a mail waits that was put off once; it doubles with each time.
        longest_wait_s: how long it waits at most.
    """

    claim_s: float = 60.0
    dialogue_s: float = 5.0
    first_wait_s: float = 5.0
    longest_wait_s: float = 900.0

    def wait_s(self, attempts: int) -> float:
        """How long a mail waits that was put off so many times."""
        doubled = min(max(0, attempts - 1), 32)
        return min(self.longest_wait_s, self.first_wait_s * 2.0**doubled)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt.

    Attributes:
        status: of the email from now on.
        sent_at: when the mail server took it, where it did.
        put_off: whether it was this mail that is to come later, and not the whole server.
    """

    status: Status
    sent_at: str | None = None
    put_off: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Emails that are one's own until a moment; `name` is unique."""

    name: str
    until: datetime
    mails: tuple[Mail, ...]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The emails of one database."""

    d1: D1
    pace: Pace = field(default_factory=Pace)
    clock: Callable[[], datetime] = moment.clock

    async def first(self, key: str, request_id: str) -> First | None:
        """What was ordered first with this key, or None where nothing was."""
        ask = send_key.lookup(key, moment.text(self.clock()))
        (rows,) = await self.d1.run(request_id, ask)
        return send_key.first(rows)

    async def put(
        self, mail: Mail, scheduled_for: str | None, keyed: Keyed | None = None
    ) -> First | None:
        """Put an email in: for later when it is scheduled, else claimed under its own id.

        Returns:
            None when it is in; what was ordered before, where the key had been used meanwhile.
        """
        insertion = self._insertion(mail, scheduled_for, keyed)
        if keyed is None:
            await self.d1.run(mail.requestId, insertion)
            return None
        now = moment.text(self.clock())
        taken = send_key.taking(keyed, mail.emailId, now, scheduled=scheduled_for is not None)
        ask = send_key.lookup(keyed.key, now)
        *_, rows = await self.d1.run(mail.requestId, taken, insertion, ask)
        first = send_key.first(rows)
        return None if first is None or first.emailId == mail.emailId else first

    async def claim(self, name: str, request_id: str) -> Claim:
        """The emails that are due, ours alone for a while; keys that have run out are forgotten."""
        now = self.clock()
        until = now + timedelta(seconds=self.pace.claim_s)
        due = Statement(_CLAIM, (moment.text(now), moment.text(until), name))
        rows, _ = await self.d1.run(request_id, due, send_key.forgetting(moment.text(now)))
        mails = tuple(Mail.model_validate(given(row)) for row in rows)
        return Claim(name, until, mails)

    def is_time_left(self, claim: Claim) -> bool:
        """Whether another mail may be begun under this claim."""
        return self.clock() + timedelta(seconds=self.pace.dialogue_s) <= claim.until

    async def settle(
        self, mail: Mail, claim: str, outcome: Outcome, request_id: str, *, first: bool = False
    ) -> None:
        """Write down what became of a claimed email, and give the claim back.

        Args:
            mail: the email.
            claim: the name of the claim that it was sent under.
            outcome: what became of it.
            request_id: of whoever sends it now.
            first: whether somebody who ordered it waits for this result.

        Raises:
            Refusal: D1_UNAVAILABLE; the email is settled later, by whoever claims it next.
        """
        due_at = None
        if outcome.put_off:
            wait = timedelta(seconds=self.pace.wait_s(mail.attempts))
            due_at = moment.text(self.clock() + wait)
        values = (mail.emailId, outcome.status, outcome.sent_at, due_at, claim)
        answered = send_key.answering(mail.emailId, outcome.status, outcome.sent_at)
        statements = (Statement(_SETTLE, values), *((answered,) if first else ()))
        await self.d1.run(request_id, *statements)

    def _insertion(self, mail: Mail, scheduled_for: str | None, keyed: Keyed | None) -> Statement:
        now = self.clock()
        at_once = scheduled_for is None
        until = now + timedelta(seconds=self.pace.claim_s)
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
                moment.text(now),
                scheduled_for,
                scheduled_for or moment.text(now),
                mail.emailId if at_once else None,
                moment.text(until) if at_once else None,
                int(at_once),
                mail.requestId,
                keyed.key if keyed else None,
            ),
        )
