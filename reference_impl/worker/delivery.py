"""Sends one email of the outbox, and says what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reference_impl import moment
from reference_impl.unreachable import Unreachable
from reference_impl.worker.mail import compose
from reference_impl.worker.smtp import Refused

if TYPE_CHECKING:
    from reference_impl.alert import Alerts
    from reference_impl.box.log import Log
    from reference_impl.worker.mail import Mail
    from reference_impl.worker.outbox import Outcome
    from reference_impl.worker.smtp import Smtp

_TROUBLE = "MAIL_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The way out, with who is told when it is blocked."""

    smtp: Smtp
    alerts: Alerts
    log: Log

    async def send(self, mail: Mail, request_id: str) -> tuple[Outcome, str | None]:
        """What became of it, and when it was sent if it was."""
        now = datetime.now(UTC)
        try:
            await self.smtp.send(mail.sender, mail.recipient, compose(mail, now))
        except Refused as error:
            self._tell(mail, f"the mail server refused an email: {error}", request_id)
            return "failed", None
        except Unreachable as error:
            self._tell(mail, f"an email stays queued: {error}", request_id)
            return "queued", None
        self.alerts.end(_TROUBLE)
        return "sent", moment.text(now)

    def _tell(self, mail: Mail, message: str, request_id: str) -> None:
        self.log.line("error", message, request_id, emailId=mail.emailId)
        self.alerts.begin(_TROUBLE, "The mail server does not take emails.", request_id)
