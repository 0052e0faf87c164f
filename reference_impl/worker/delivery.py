"""Sends one email of the outbox, and writes down what became of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reference_impl import errand, moment
from reference_impl.refusal import Refusal
from reference_impl.unreachable import Unreachable
from reference_impl.worker.mail import compose
from reference_impl.worker.outbox import Outcome
from reference_impl.worker.smtp import Deferred, Hurried, Refused

if TYPE_CHECKING:
    from reference_impl.alert import Alerts
    from reference_impl.box.log import Log
    from reference_impl.worker.mail import Mail
    from reference_impl.worker.outbox import Outbox
    from reference_impl.worker.smtp import Smtp

_BLOCKED = "MAIL_UNAVAILABLE"
_REFUSED = "MAIL_REFUSED"
_TO_WRITE_IT_DOWN = 0.2


@dataclass(frozen=True, slots=True)
class Delivery:
    """The way out, with who is told when it is blocked."""

    outbox: Outbox
    smtp: Smtp
    alerts: Alerts
    log: Log

    async def deliver(
        self, mail: Mail, claim: str, request_id: str, *, first: bool = False
    ) -> tuple[Outcome, bool]:
        """Send a claimed email.

        An error where D1 does not take what became of it would make the caller order once more what
        has gone out already. So the outcome is told all the same; the row keeps its claim, and is
        sent under the same Message-ID when that has ended.

        Args:
            mail: the email.
            claim: the name of the claim that it is held by.
            request_id: of whoever sends it now.
            first: whether somebody who ordered it waits for the result.

        Returns:
            What became of it, and whether D1 knows.
        """
        outcome = await self._send(mail, request_id)
        try:
            await self.outbox.settle(mail, claim, outcome, request_id, first=first)
        except Refusal as refusal:
            message = f"{outcome.status}, but D1 does not know: {refusal}"
            self.log.line("error", message, request_id, emailId=mail.emailId)
            return outcome, False
        return outcome, True

    async def _send(self, mail: Mail, request_id: str) -> Outcome:
        now, began = self.outbox.clock(), time.monotonic()
        try:
            # A caller who has given up would never learn what became of it.
            with errand.sparing(_TO_WRITE_IT_DOWN):
                await self.smtp.send(mail.sender, mail.recipient, compose(mail, now))
        except Refused as error:
            self._tell(mail, f"the mail server refused an email: {error}", request_id)
            self.alerts.begin(
                _REFUSED, "The mail server will never take an email.", request_id, began
            )
            return Outcome("failed")
        except Deferred as error:
            self._tell(mail, f"an email was put off: {error}", request_id)
            self.alerts.begin(_BLOCKED, "The mail server puts emails off.", request_id, began)
            return Outcome("queued", put_off=True)
        except Hurried as error:
            self._tell(mail, f"an email stays queued: {error}", request_id)
            return Outcome("queued")
        except Unreachable as error:
            self._tell(mail, f"an email stays queued: {error}", request_id)
            self.alerts.begin(_BLOCKED, "The mail server does not take emails.", request_id, began)
            return Outcome("queued")
        for code in (_BLOCKED, _REFUSED):
            self.alerts.end(code, request_id, began)
        return Outcome("sent", moment.text(now))

    def _tell(self, mail: Mail, message: str, request_id: str) -> None:
        self.log.line("error", message, request_id, emailId=mail.emailId)
