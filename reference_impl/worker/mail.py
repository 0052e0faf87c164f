"""An email as it goes over SMTP."""

from __future__ import annotations

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from reference_impl.foreign import Foreign
from reference_impl.request_id import MAIL_HEADER


class Mail(Foreign):
    """One email of the outbox, with all that is needed to send it; `attempts` counts this one."""

    emailId: str  # noqa: N815 - as the contract names it
    prospectId: str  # noqa: N815
    campaignId: str  # noqa: N815
    mailboxId: str  # noqa: N815
    sender: str
    senderName: str | None = None  # noqa: N815
    recipient: str
    subject: str
    body: str
    requestId: str  # noqa: N815
    attempts: int = 1


def message_id(mail: Mail) -> str:
    """Follows from the email alone: whoever sends it, and however often, it is the same mail."""
    return f"<{mail.emailId}@{mail.sender.rpartition('@')[2]}>"


def compose(mail: Mail, now: datetime) -> bytes:
    """The whole message, ready for DATA."""
    message = EmailMessage(SMTP)
    message["From"] = _address(mail.sender, mail.senderName)
    message["To"] = _address(mail.recipient)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(now.astimezone(UTC))
    message["Message-ID"] = message_id(mail)
    message[MAIL_HEADER] = mail.requestId
    message.set_content(mail.body)
    return message.as_bytes()


def _address(address: str, name: str | None = None) -> Address:
    """Taken apart here, since the parser of `addr_spec` refuses some that the contract allows."""
    local, _, domain = address.rpartition("@")
    return Address(_one_line(name or ""), local, domain)


def _one_line(text: str) -> str:
    """A header holds one line; what would end it becomes a space."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
