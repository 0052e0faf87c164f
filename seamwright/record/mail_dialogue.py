"""Mails out of the bytes of an SMTP connection (RFC 5321)."""

from __future__ import annotations

import re
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING

from seamwright.record.observation import Mail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.record.conversation import Piece

_FROM = re.compile(rb"(?i)^MAIL FROM:\s*<([^>]*)>")
_TO = re.compile(rb"(?i)^RCPT TO:\s*<([^>]*)>")
_END = b"\r\n.\r\n"


def mails(edge: str, number: int, pieces: Sequence[Piece]) -> Iterator[Mail]:
    """The messages of one connection; a message without an answer has the reply ""."""
    said = b""
    answered = b""
    message: Mail | None = None
    sender, recipients = "", list[str]()
    in_data = False
    count = 0
    for piece in pieces:
        if piece.kind == "<":
            answered += piece.data
            if message is not None and answered.endswith(b"\r\n"):
                yield _with_reply(message, answered)
                message, sender, recipients = None, "", list[str]()
            continue
        if piece.kind != ">":
            continue
        said += piece.data
        while said:
            if in_data:
                text, found, rest = said.partition(_END)
                if not found:
                    break
                said, in_data, count = rest, False, count + 1
                message = _mail(edge, f"{number}.{count}", piece.at_s, sender, recipients, text)
                answered = b""
                continue
            line, found, rest = said.partition(b"\r\n")
            if not found:
                break
            said = rest
            if match := _FROM.match(line):
                sender = match[1].decode("latin-1")
            elif match := _TO.match(line):
                recipients.append(match[1].decode("latin-1"))
            elif line.strip().upper() == b"DATA":
                in_data = True
    if message is not None:
        yield message


def _mail(
    edge: str, number: str, at_s: float, sender: str, recipients: list[str], text: bytes
) -> Mail:
    parsed = BytesHeaderParser().parsebytes(text)
    headers = tuple((name.lower(), str(value)) for name, value in parsed.items())
    return Mail(f"m{number}", edge, at_s, sender, tuple(recipients), headers, "")


def _with_reply(mail: Mail, reply: bytes) -> Mail:
    return Mail(
        mail.id,
        mail.edge,
        mail.at_s,
        mail.sender,
        mail.recipients,
        mail.headers,
        reply.decode("latin-1").strip(),
    )
