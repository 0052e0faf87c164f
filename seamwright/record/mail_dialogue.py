"""Mails out of the bytes of an SMTP connection (RFC 5321)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING

from seamwright.record.observation import Mail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.record.plain_exchange import Piece

_FROM = re.compile(rb"(?i)^MAIL FROM:\s*<([^>]*)>")
_TO = re.compile(rb"(?i)^RCPT TO:\s*<([^>]*)>")
_REPLY = re.compile(rb"(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n")
_GO_ON = re.compile(rb"(?m)^354")
_END = b"\r\n.\r\n"


@dataclass(slots=True)
class MailConversation:
    """One connection, read piece by piece: a mail is given when the server has answered it."""

    edge: str
    number: int
    sender: str = ""
    recipients: tuple[str, ...] = ()
    count: int = 0
    unanswered: list[Mail] = field(default_factory=list[Mail])
    _said: bytes = b""
    _answered: bytes = b""
    _asked: bool = False
    _in_data: bool = False

    def feed(self, piece: Piece) -> Iterator[Mail]:
        """Take one piece; give the mail that it is the last word on."""
        if piece.kind == ">":
            self._say(piece)
        elif piece.kind == "<":
            yield from self._answer(piece)

    def end(self) -> Iterator[Mail]:
        """No more pieces come; a message without an answer has the reply ""."""
        yield from self.unanswered

    def _say(self, piece: Piece) -> None:
        """Take what the client sent: commands, or the text of a message."""
        self._said += piece.data
        if self._asked:
            # The client has waited for the word on DATA; after a refusal, commands go on.
            self._asked, self._in_data = False, _GO_ON.search(self._answered) is not None
        while True:
            end = _END if self._in_data else b"\r\n"
            part, found, rest = self._said.partition(end)
            if not found:
                return
            self._said = rest
            if self._in_data:
                self._in_data = False
                self._message(piece.at_s, part)
            else:
                self._command(part)

    def _answer(self, piece: Piece) -> Iterator[Mail]:
        """Take what the server sent; give the message that it is the last word on."""
        self._answered += piece.data
        reply = _REPLY.match(self._answered)
        if self.unanswered and reply:
            said = reply[0].decode("latin-1").strip()
            yield replace(self.unanswered.pop(0), reply=said)

    def _command(self, line: bytes) -> None:
        if match := _FROM.match(line):
            self.sender, self.recipients = match[1].decode("latin-1"), ()
        elif match := _TO.match(line):
            self.recipients = (*self.recipients, match[1].decode("latin-1"))
        elif line.strip().upper() == b"DATA":
            self._asked, self._answered = True, b""

    def _message(self, at_s: float, text: bytes) -> None:
        self.count += 1
        self._answered = b""
        parsed = BytesHeaderParser().parsebytes(text)
        headers = tuple((name.lower(), str(value)) for name, value in parsed.items())
        id_ = f"m{self.number}.{self.count}"
        self.unanswered.append(
            Mail(id_, self.edge, at_s, self.sender, self.recipients, headers, "")
        )
