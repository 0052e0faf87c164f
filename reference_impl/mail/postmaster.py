"""What the SMTP server does with a message: into the inboxes of those it is for, never further."""

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


class Postmaster:
    """Answers the SMTP dialogue's questions, for one password and one set of inboxes."""

    __slots__ = ("_inboxes", "_log", "_password")

    def __init__(self, inboxes: Inboxes, password: str, log: Log) -> None:
        """Deliver to these inboxes what comes from those who know the password."""
        self._inboxes = inboxes
        self._password = password.encode()
        self._log = log

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
        """Deliver the message once to each recipient."""
        content = envelope.original_content or b""
        addresses = sorted({address.lower() for address in envelope.rcpt_tos})
        for address in addresses:
            await self._inboxes.deliver(address, content)
        headers = BytesHeaderParser().parsebytes(content)
        request_id = headers["X-Request-ID"]
        self._log.line(
            "info",
            "mail delivered",
            None if request_id is None else str(request_id),
            messageId=headers["Message-ID"],
            recipients=addresses,
        )
        return "250 2.0.0 OK: delivered"
