"""A mail server that refuses, hangs or falls silent: no mail is lost, and none is sent twice."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from reference_impl.circuit_breaker import CircuitBreaker
from reference_impl.worker.smtp import Smtp
from seamwright.drive.faults.toxic import Toxic
from tests.end_to_end.outreach import message_id
from tests.reference_impl.clock import Clock
from tests.reference_impl.scripted_smtp import SILENCE, ScriptedSmtp

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from tests.end_to_end.outreach import Body, Outreach

_SMTP = "worker→smtp"


@asynccontextmanager
async def _scripted(system: Outreach, stage: str, reply: str) -> AsyncGenerator[ScriptedSmtp]:
    """The worker's mail server is another one, for as long as the block runs."""
    server = ScriptedSmtp(stage, reply)
    async with server.listening():
        with system.misled(_SMTP, server.port):
            yield server


async def _bytes_into_the_last_answer(system: Outreach) -> int:
    """How much the mail server says up to the first letter of its answer to the message itself.

    Not one less: the proxy hangs up as soon as all that may pass has passed, which would be before
    the message.
    """
    said = bytearray()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        above, below = await asyncio.open_connection("127.0.0.1", system.port("smtp"))

        async def up() -> None:
            while data := await reader.read(1 << 16):
                below.write(data)
            below.close()

        task = asyncio.create_task(up())
        while data := await above.read(1 << 16):
            said.extend(data)
            writer.write(data)
        await task
        writer.close()

    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    breaker = CircuitBreaker("smtp", 5, 30.0, Clock())
    smtp = Smtp("127.0.0.1", port, system.running.doors["imap"], 5.0, breaker)
    await smtp.send("us@outreach.example", "nobody@acme.example", b"Subject: Hello\r\n\r\nHm\r\n")
    server.close()
    start = said.index(b"354 ")
    return said.index(b"\n", start) + 2


def test_a_refused_connection_is_told_and_made_good(play: Callable[[Body], None]) -> None:
    """Queued with an alert while nobody listens; sent once when somebody does."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        await system.at_peace()
        before = (await system.alerts()).count("MAIL_UNAVAILABLE")
        await system.deployment.kill("mail")
        try:
            queued = await system.order(prospect)
            await system.told("MAIL_UNAVAILABLE", before)
        finally:
            await system.deployment.restart("mail")
        await system.settled()
        assert ("queued", 1) == (queued["status"], len(await system.inbox(address)))

    play(body)


def test_a_lost_last_answer_is_one_mail(play: Callable[[Body], None]) -> None:
    """It arrived, the worker could not know, and the second one is the same mail."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        heard = await _bytes_into_the_last_answer(system)
        with system.broken(
            _SMTP, Toxic("last answer lost", "limit_data", "downstream", {"bytes": heard})
        ):
            told = await system.order(prospect)
        before = await system.inbox(address)
        await system.settled()
        after = await system.inbox(address)
        assert ("queued", 1) == (told["status"], len(before))
        assert ("sent", before) == (await system.status(told["emailId"]), after)

    play(body)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "BODY"])
def test_a_mail_that_is_put_off_goes_later(play: Callable[[Body], None], stage: str) -> None:
    """4xx at any stage: queued, tried again, sent once."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        async with _scripted(system, stage, "451 not now"):
            told = await system.order(prospect)
        await system.settled()
        seen = (told["status"], await system.status(told["emailId"]))
        assert ("queued", "sent", 1) == (*seen, len(await system.inbox(address)))

    play(body)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "BODY"])
def test_a_mail_that_is_refused_fails_with_an_alert(
    play: Callable[[Body], None], stage: str
) -> None:
    """5xx at any stage: failed, told, and never tried again."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        await system.at_peace()
        before = (await system.alerts()).count("MAIL_REFUSED")
        async with _scripted(system, stage, "550 never"):
            told = await system.order(prospect)
            again = await system.cron()
        await system.told("MAIL_REFUSED", before)
        seen = (told["status"], again["processed"], await system.inbox(address))
        assert ("failed", 0, []) == seen

    play(body)


def test_a_server_that_hangs_in_the_mail(play: Callable[[Body], None]) -> None:
    """Given up at the deadline, queued, and sent again as the very same mail."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        async with _scripted(system, "BODY", SILENCE) as server:
            told = await system.order(prospect)
        await system.settled()
        assert "queued" == told["status"]
        assert [message_id(one) for one in server.taken] == await system.inbox(address)

    play(body)


@pytest.mark.parametrize("reply", ["421 too busy", "554 go away"])
@pytest.mark.parametrize("stage", ["GREETING", "EHLO", "AUTH"])
def test_a_server_that_lets_nobody_in(play: Callable[[Body], None], stage: str, reply: str) -> None:
    """That is not about this mail: queued whatever the code, told, and sent once it is let in."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        await system.at_peace()
        before = (await system.alerts()).count("MAIL_UNAVAILABLE")
        async with _scripted(system, stage, reply):
            told = await system.order(prospect)
        await system.told("MAIL_UNAVAILABLE", before)
        await system.settled()
        seen = (told["status"], await system.status(told["emailId"]))
        assert ("queued", "sent", 1) == (*seen, len(await system.inbox(address)))

    play(body)
