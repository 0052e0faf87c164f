"""Mail that SMTP takes in is what IMAP shows."""

from __future__ import annotations

import imaplib
import smtplib
from typing import TYPE_CHECKING

import pytest

from tests.ports import free_port

if TYPE_CHECKING:
    from tests.reference_impl.running import Box, StartBox

PASSWORD = "mail-password"
SENDER = "box@sender.example"
MESSAGE = (
    b"From: box@sender.example\r\nTo: ada@acme.example\r\nSubject: Hello\r\n"
    b"X-Request-ID: req_1\r\nMessage-ID: <1@sender.example>\r\n\r\nDear Ada,\r\n.a dot first\r\n"
)


@pytest.fixture
def mail(start_box: StartBox) -> tuple[Box, int, int]:
    """A mail box without mail; its SMTP port and its IMAP port."""
    smtp, imap = free_port(), free_port()
    environment = {"SMTP_PORT": str(smtp), "IMAP_PORT": str(imap), "MAIL_PASSWORD": PASSWORD}
    box = start_box(["python", "-m", "reference_impl.mail"], environment, [smtp, imap])
    return box, smtp, imap


def _send(port: int, *recipients: str) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.login(SENDER, PASSWORD)
        client.sendmail(SENDER, recipients, MESSAGE)


def _inbox(port: int, address: str) -> list[bytes]:
    """The messages of the address's inbox, byte for byte."""
    with imaplib.IMAP4("127.0.0.1", port) as client:
        client.login(address, PASSWORD)
        client.select("INBOX", readonly=True)
        _, (numbers,) = client.search(None, "ALL")
        found = [client.fetch(number.decode(), "(RFC822)")[1][0] for number in numbers.split()]
        return [part[1] for part in found if isinstance(part, tuple)]


def test_mail_arrives_as_it_was_sent(mail: tuple[Box, int, int]) -> None:
    """Each recipient's inbox holds the very bytes, once."""
    _, smtp, imap = mail
    _send(smtp, "ada@acme.example", "ADA@acme.example", "bob@acme.example")
    inboxes = [_inbox(imap, f"{name}@acme.example") for name in ("ada", "bob")]
    assert [[MESSAGE], [MESSAGE]] == inboxes


def test_a_mail_that_is_sent_again_is_kept_once(mail: tuple[Box, int, int]) -> None:
    """The same Message-ID comes into an inbox once, and still into another's."""
    _, smtp, imap = mail
    for recipients in (["ada@acme.example"], ["ADA@acme.example", "bob@acme.example"]):
        _send(smtp, *recipients)
    inboxes = [_inbox(imap, f"{name}@acme.example") for name in ("ada", "bob")]
    assert [[MESSAGE], [MESSAGE]] == inboxes


def test_mails_without_a_message_id_are_two(mail: tuple[Box, int, int]) -> None:
    """Nothing says that they are the same."""
    _, smtp, imap = mail
    for _ in range(2):
        with smtplib.SMTP("127.0.0.1", smtp) as client:
            client.login(SENDER, PASSWORD)
            client.sendmail(SENDER, "ada@acme.example", b"Subject: Hello\r\n\r\nDear Ada\r\n")
    assert 2 == len(_inbox(imap, "ada@acme.example"))


def test_mail_is_found_by_its_message_id(mail: tuple[Box, int, int]) -> None:
    """IMAP's search finds a message by its Message-ID, and nothing by another one."""
    _, smtp, imap = mail
    _send(smtp, "ada@acme.example")
    with imaplib.IMAP4("127.0.0.1", imap) as client:
        client.login("ada@acme.example", PASSWORD)
        client.select("INBOX")
        found = [
            client.search(None, "HEADER", "Message-ID", identity)[1]
            for identity in ("<1@sender.example>", "<2@sender.example>")
        ]
    assert [[b"1"], [b""]] == found


def test_a_delivery_is_logged_with_the_request_id(mail: tuple[Box, int, int]) -> None:
    """The log line of a delivery carries the mail's X-Request-ID."""
    box, smtp, _ = mail
    _send(smtp, "ada@acme.example")
    line = box.line("requestId", "req_1")
    assert ("mail", ["ada@acme.example"]) == (line["service"], line["recipients"])


def test_an_address_without_mail_has_an_empty_inbox(mail: tuple[Box, int, int]) -> None:
    """Nobody needs mail to log in."""
    assert _inbox(mail[2], "new@acme.example") == []


def test_a_wrong_password_is_refused(mail: tuple[Box, int, int]) -> None:
    """Neither server lets somebody in with a wrong password."""
    _, smtp, imap = mail
    with smtplib.SMTP("127.0.0.1", smtp) as client, pytest.raises(smtplib.SMTPAuthenticationError):
        client.login(SENDER, "wrong")
    with (
        imaplib.IMAP4("127.0.0.1", imap) as reader,
        pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"),
    ):
        reader.login(SENDER, "wrong")


def test_mail_without_a_login_is_refused(mail: tuple[Box, int, int]) -> None:
    """SMTP wants a login before it takes a message."""
    with smtplib.SMTP("127.0.0.1", mail[1]) as client:
        client.ehlo()
        code, _ = client.mail(SENDER)
    assert code == 530


def test_it_ends_well_on_sigterm(mail: tuple[Box, int, int]) -> None:
    """SIGTERM ends the box with exit code 0, also while clients stay connected."""
    box, smtp, imap = mail
    with smtplib.SMTP("127.0.0.1", smtp):
        reader = imaplib.IMAP4("127.0.0.1", imap)
        code = box.stop()
        reader.shutdown()
    assert code == 0
