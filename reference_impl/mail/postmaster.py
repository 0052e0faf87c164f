"""What the SMTP server does with a message: into the inboxes of those it is for, never further.

A sender that did not hear the answer to its DATA cannot know whether the mail was taken, and must
send it again. So the server remembers, as large ones do, which Message-ID it has put into which
inbox, and takes a second one without keeping it (docs/decisions/0010-exactly-once.md).
"""

from __future__ import annotations

import hmac
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING

from aiosmtpd.smtp import AuthResult, LoginPassword

from reference_impl.mail.address import normal

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

    from reference_impl.box.log import Log
    from reference_impl.mail.inboxes import Inboxes


_REMEMBERED = 100_000
_ID_HEADER = "Message-ID"


class Postmaster:
    """Answers the SMTP dialogue's questions, for one password and one set of inboxes."""

    __slots__ = ("_inboxes", "_log", "_password", "_taken")

    def __init__(self, inboxes: Inboxes, password: str, log: Log) -> None:
        """Deliver to these inboxes what comes from those who know the password."""
        self._inboxes = inboxes
        self._password = password.encode()
        self._log = log
        # (Message-ID, inbox), the oldest first.
        self._taken: dict[tuple[str, str], None] = {}

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: object
    ) -> AuthResult:
        """Say whether an address and its password are right."""
        known = (
            isinstance(login, LoginPassword)
            and normal(login.login.decode(errors="replace")) is not None
            and hmac.compare_digest(login.password, self._password)
        )
        # Not handled: aiosmtpd then sends the refusal itself.
        return AuthResult(success=known, handled=False)

    # The hooks' names are aiosmtpd's.
    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take any recipient that is an address."""
        if normal(address) is None:
            return "553 5.1.3 The recipient is not an address"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Deliver the message once to each recipient, however often it is sent."""
        content = envelope.original_content or b""
        addresses = sorted({address.lower() for address in envelope.rcpt_tos})
        headers = BytesHeaderParser().parsebytes(content)
        message_id = headers[_ID_HEADER]
        fresh = [one for one in addresses if self._take(message_id, one)]
        for address in fresh:
            await self._inboxes.deliver(address, content)
        request_id = headers["X-Request-ID"]
        self._log.line(
            "info",
            "mail delivered" if fresh else "mail known already",
            None if request_id is None else str(request_id),
            messageId=message_id,
            recipients=addresses,
        )
        return "250 2.0.0 OK: delivered"

    def _take(self, message_id: object, address: str) -> bool:
        """Whether the inbox does not have it; from now on it has."""
        if message_id is None:
            return True
        one = (str(message_id).strip(), address)
        if one in self._taken:
            return False
        self._taken[one] = None
        if len(self._taken) > _REMEMBERED:
            del self._taken[next(iter(self._taken))]
        return True
