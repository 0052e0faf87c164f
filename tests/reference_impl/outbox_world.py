"""The send path over a SQLite of its own and a postmaster, where anything may go wrong at any step.

Before and after each effect there is a step. At a step the worker may be killed, the effect may
fail or seem to, and time may pass.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING, Literal, cast

from aiosmtpd.smtp import Envelope

from contracts import SYSTEM
from contracts.web_messages import Campaign, Prospect
from contracts.worker_messages import CronReport, SendEmailRequest, SendEmailResponse
from reference_impl.box.log import Log
from reference_impl.call import Call
from reference_impl.idempotency import KeyedCall
from reference_impl.mail.postmaster import Postmaster
from reference_impl.refusal import Refusal
from reference_impl.unreachable import Unreachable
from reference_impl.worker.cron_outbox import OutboxJob
from reference_impl.worker.delivery import Delivery
from reference_impl.worker.outbox import Outbox, Pace
from reference_impl.worker.records import Mailbox, Records
from reference_impl.worker.schema import TABLES
from reference_impl.worker.send_email import SendEmail
from reference_impl.worker.smtp import Deferred, Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from aiosmtpd.smtp import SMTP, Session

    from reference_impl.alert import Alerts
    from reference_impl.mail.inboxes import Inboxes
    from reference_impl.postgrest import Table
    from reference_impl.worker.d1 import D1, Row, Statement
    from reference_impl.worker.smtp import Smtp
    from seamwright.contract import Endpoint

Misfortune = Literal["kill", "fail", "slow"]

PACE = Pace(claim_s=60, dialogue_s=5, first_wait_s=5, longest_wait_s=900)
SLOW_S = 100.0
CAMPAIGN = "00000000-0000-4000-8000-000000000001"
MAILBOX = "00000000-0000-4000-8000-000000000002"
_NEVER, _LATER = "never", "later"
_STAMP = "2026-01-01T00:00:00.000Z"


class Killed(BaseException):
    """The worker is gone: none of its code runs any more."""


def prospect_id(number: int, mood: str = "") -> str:
    """A prospect whose address the server takes, `never` takes, or takes `later`."""
    kind = {"": 0, _NEVER: 1, _LATER: 2}[mood]
    return f"00000000-0000-4000-8{kind:03}-{number:012}"


@dataclass(slots=True)
class World:
    """The parts, and what is about to go wrong.

    Attributes:
        now: this moment.
        inbox: Message-ID → how many messages lie in the inbox of its recipient.
        sent: Message-ID → how often it went over the wire and was taken.
        ahead: the steps to go → what happens then.
        patient: whether the server takes what it put off so far.
        misfortunes: how often something went wrong.
        alerts: the codes of the troubles that were told.
    """

    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    inbox: Counter[str] = field(default_factory=Counter[str])
    sent: Counter[str] = field(default_factory=Counter[str])
    ahead: dict[int, Misfortune] = field(default_factory=dict[int, Misfortune])
    patient: bool = False
    misfortunes: int = 0
    alerts: list[str] = field(default_factory=list[str])
    database: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))
    postmaster: Postmaster = field(init=False)
    _steps: int = 0
    _dead: bool = False

    def __post_init__(self) -> None:
        """Make the tables and the postmaster."""
        self.postmaster = Postmaster(cast("Inboxes", _Counting(self)), "password", Log("mail"))
        self.database.row_factory = sqlite3.Row
        for sql in TABLES:
            self.database.execute(sql)

    def clock(self) -> datetime:
        """This moment."""
        return self.now

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def order(
        self, prospect: str, key: str | None = None, scheduled_for: str | None = None
    ) -> Callable[[], Awaitable[SendEmailResponse]]:
        """An order that is yet to be made."""
        asked = {"prospectId": prospect, "campaignId": CAMPAIGN, "scheduledFor": scheduled_for}
        body = SendEmailRequest.model_validate({k: v for k, v in asked.items() if v is not None})
        call = KeyedCall(_endpoint("POST /api/send-email"), "req_order", {}, body, key)
        return lambda: self._send_email().send(call)

    def cron(self) -> Callable[[], Awaitable[CronReport]]:
        """A run of the outbox job that is yet to be made."""
        call = Call(_endpoint("POST /api/cron/{job}"), "req_cron", {"job": "outbox"})
        outbox = self.outbox()
        return lambda: OutboxJob(outbox, self._delivery(outbox)).run(call)

    def play(
        self, *works: Callable[[], Awaitable[object]], **ahead: Misfortune
    ) -> list[object | BaseException]:
        """Do the works at once; what came of each. `_3="kill"` is what happens at step 3."""
        self._steps, self._dead = 0, False
        self.ahead = {int(name.strip("_")): what for name, what in ahead.items()}

        async def all_of_them() -> list[object | BaseException]:
            return await asyncio.gather(*(work() for work in works), return_exceptions=True)

        try:
            return asyncio.run(all_of_them())
        finally:
            self.ahead = {}
            self.database.rollback()

    async def step(self, trouble: Callable[[], Exception]) -> None:
        """Let happen what is to happen here."""
        await asyncio.sleep(0)
        what = self.ahead.pop(self._steps, None)
        self.misfortunes += what is not None
        self._steps += 1
        if what == "kill":
            self._dead = True
        if self._dead:
            raise Killed
        if what == "slow":
            self.forward(SLOW_S)
        if what == "fail":
            raise trouble()

    def rows(self, sql: str) -> list[dict[str, object]]:
        """What the database holds."""
        return [dict(row) for row in self.database.execute(sql)]

    def outbox(self) -> Outbox:
        """The outbox over this database and clock."""
        return Outbox(cast("D1", _Sqlite(self)), PACE, self.clock)

    def _delivery(self, outbox: Outbox) -> Delivery:
        return Delivery(
            outbox, cast("Smtp", _Server(self)), cast("Alerts", _Told(self)), Log("worker")
        )

    def _send_email(self) -> SendEmail:
        prospects, campaigns, mailboxes = (
            cast("Table", _Rows(self, kind)) for kind in (Prospect, Campaign, Mailbox)
        )
        outbox = self.outbox()
        records = Records(prospects, campaigns, mailboxes)
        return SendEmail(records, outbox, self._delivery(outbox), cast("Alerts", _Told(self)))


def _endpoint(id_: str) -> Endpoint:
    service = SYSTEM.service("worker")
    assert service is not None
    found = service.endpoint(id_)
    assert found is not None
    return found


@dataclass(frozen=True, slots=True)
class _Sqlite:
    """D1, as far as the outbox uses it: a call is one transaction."""

    world: World

    async def run(self, _request_id: str, *statements: Statement) -> list[list[Row]]:
        await self.world.step(_no_d1)
        database = self.world.database
        found = [[dict(row) for row in database.execute(one.sql, one.params)] for one in statements]
        database.commit()
        await self.world.step(_no_d1)
        return cast("list[list[Row]]", found)


def _no_d1() -> Exception:
    return Refusal("D1_UNAVAILABLE", "The worker's database cannot be reached now.")


def _no_smtp() -> Exception:
    return Unreachable("smtp", "no answer")


@dataclass(frozen=True, slots=True)
class _Server:
    """The mail server: the real postmaster over inboxes that only count."""

    world: World

    async def send(self, sender: str, recipient: str, message: bytes) -> None:
        await self.world.step(_no_smtp)
        if recipient.startswith(_NEVER):
            raise Refused(recipient)
        if recipient.startswith(_LATER) and not self.world.patient:
            raise Deferred(recipient)
        envelope = Envelope()
        envelope.mail_from, envelope.rcpt_tos = sender, [recipient]
        envelope.original_content = message
        nobody = cast("SMTP", None)
        await self.world.postmaster.handle_DATA(nobody, cast("Session", None), envelope)
        self.world.sent[_id_of(message)] += 1
        await self.world.step(_no_smtp)


@dataclass(frozen=True, slots=True)
class _Counting:
    world: World

    async def deliver(self, _address: str, message: bytes) -> None:
        self.world.inbox[_id_of(message)] += 1


def _id_of(message: bytes) -> str:
    """The email's id, which its Message-ID begins with."""
    return str(BytesHeaderParser().parsebytes(message)["Message-ID"])[1:37]


@dataclass(frozen=True, slots=True)
class _Told:
    world: World

    def begin(
        self, code: str, _message: str, _request_id: str, _since: float | None = None
    ) -> None:
        self.world.alerts.append(code)

    def end(self, _code: str, _request_id: str | None = None, _since: float | None = None) -> None:
        return


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table in which there is whoever is asked for."""

    world: World
    kind: type[Prospect | Campaign | Mailbox]

    async def row(self, _model: object, id_: str, _request_id: str) -> Prospect | Campaign:
        if self.kind is Campaign:
            return Campaign(
                **_dated(id_), name="Spring", subject="Hello", body="Dear you", status="active"
            )
        mood = {"8000": "", "8001": _NEVER, "8002": _LATER}[id_.split("-")[3]]
        address = f"{mood or 'ada'}{id_[-6:]}@acme.example"
        return Prospect(**_dated(id_), name="Ada", email=address, status="new")

    async def rows(
        self, _model: object, _query: Mapping[str, str], _request_id: str
    ) -> list[Mailbox]:
        address = "us@outreach.example"
        return [Mailbox(**_dated(MAILBOX), address=address, healthy=True, dailyLimit=50)]


def _dated(id_: str) -> dict[str, str]:
    return {"id": id_, "createdAt": _STAMP, "updatedAt": _STAMP}
