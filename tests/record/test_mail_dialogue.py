"""Mails out of SMTP dialogues."""

from __future__ import annotations

from seamwright.record.mail_dialogue import MailConversation
from seamwright.record.observation import Mail, header
from tests.record.bytes_of import pieces

Part = tuple[str, bytes] | str
GREETED: list[Part] = ["+", ("<", b"220 ready\r\n"), (">", b"EHLO a\r\n"), ("<", b"250 hi\r\n")]
OK: Part = ("<", b"250 ok\r\n")
GO_ON: Part = ("<", b"354 go on\r\n")


def _say(text: str) -> Part:
    return ">", text.encode()


def _mail(number: int, reply: bytes = b"250 taken\r\n") -> list[Part]:
    return [
        _say(f"MAIL FROM:<a{number}@a.test>\r\n"),
        OK,
        _say(f"RCPT TO:<b{number}@b.test>\r\n"),
        OK,
        _say("DATA\r\n"),
        GO_ON,
        _say(f"X-Request-ID: req-{number}\r\nSubject: hi\r\n\r\nMAIL FROM:<no@x>\r\n..\r\n.\r\n"),
        ("<", reply),
    ]


def _read(*parts: Part) -> list[Mail]:
    dialogue = MailConversation("a→post", 3)
    return [*(one for part in pieces(*parts) for one in dialogue.feed(part)), *dialogue.end()]


def _short(*parts: Part) -> list[tuple[str, tuple[str, ...], str | None, str]]:
    return [
        (one.sender, one.recipients, header(one.headers, "x-request-id"), one.reply)
        for one in _read(*parts)
    ]


def test_one_mail_is_read_whole() -> None:
    """Sender, recipients, header and the server's last word are those of the dialogue."""
    (one,) = _read(*GREETED, *_mail(1), _say("QUIT\r\n"), ("<", b"221 bye\r\n"), "-")
    assert ("m3.1", "a→post", 1.0) == (one.id, one.edge, one.at_s)
    assert ("a1@a.test", ("b1@b.test",), "250 taken") == (one.sender, one.recipients, one.reply)
    assert (("x-request-id", "req-1"), ("subject", "hi")) == one.headers


def test_two_mails_in_one_connection_are_two() -> None:
    """Neither takes over anything of the other."""
    assert [
        ("a1@a.test", ("b1@b.test",), "req-1", "250 taken"),
        ("a2@a.test", ("b2@b.test",), "req-2", "451 later"),
    ] == _short(*GREETED, *_mail(1), *_mail(2, b"451 later\r\n"), "-")


def test_pipelined_commands_are_read_one_by_one() -> None:
    """RFC 2920: several commands in one piece, several replies in one piece."""
    group = _say(
        "MAIL FROM:<a@a.test> SIZE=9\r\nrcpt to: <b@b.test>\r\nRCPT TO:<c@b.test>\r\nDATA\r\n"
    )
    replies = ("<", b"250 ok\r\n250 ok\r\n250 ok\r\n354 go on\r\n")
    rest = [_say("X-Request-ID: r\r\n\r\n.\r\nQUIT\r\n"), ("<", b"250-a\r\n250 b\r\n221 bye\r\n")]
    expected = ("a@a.test", ("b@b.test", "c@b.test"), "r", "250-a\r\n250 b")
    assert [expected] == _short(*GREETED, group, replies, *rest, "-")


def test_a_message_in_pieces_is_one() -> None:
    """The end of a message may be split between pieces, and so may its reply."""
    parts: list[Part] = []
    for part in _mail(1):
        kind, data = part if isinstance(part, tuple) else (part, b"")
        parts += [(kind, data[at : at + 1]) for at in range(len(data))]
    assert [("a1@a.test", ("b1@b.test",), "req-1", "250 taken")] == _short(*parts, "-")


def test_a_mail_without_a_reply_has_none() -> None:
    """An answer that was lost after the final dot leaves the reply empty."""
    assert [("a1@a.test", ("b1@b.test",), "req-1", "")] == _short(*_mail(1)[:-1], "!")
    assert [""] == [one[3] for one in _short(*_mail(1)[:-1], ("<", b"250 ta"), "!")]


def test_refused_data_is_no_message() -> None:
    """After a refused DATA, commands go on, and the next mail is read as itself."""
    refused: list[Part] = [
        _say("MAIL FROM:<x@a.test>\r\nRCPT TO:<y@b.test>\r\nDATA\r\n"),
        ("<", b"250 ok\r\n550 no such box\r\n554 no recipients\r\n"),
        _say("RSET\r\n"),
        OK,
    ]
    found = _short(*GREETED, *refused, *_mail(2), "-")
    assert [("a2@a.test", ("b2@b.test",), "req-2", "250 taken")] == found


def test_a_dialogue_without_a_message_has_no_mail() -> None:
    """Greeting and leaving is no mail, and neither is a message without its end."""
    assert [] == _short(*GREETED, _say("QUIT\r\n"), "-")
    assert [] == _short(*_mail(1)[:-2], _say("X: y\r\n\r\nhalf"), "!")
