"""Each email arrives exactly once, over the real parts, every edge through a real Toxiproxy."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from reference_impl.circuit_breaker import CircuitBreaker
from reference_impl.worker.smtp import Smtp
from seamwright.drive.faults.cut import Cut
from seamwright.drive.faults.storm import Storm, raging
from seamwright.drive.faults.toxic import Toxic
from seamwright.drive.subject.toolchain import cache_folder
from tests.end_to_end.outreach import message_id, outreach
from tests.reference_impl.clock import Clock
from tests.reference_impl.scripted_smtp import SILENCE, ScriptedSmtp
from tests.reference_impl.system import items

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator

    from tests.end_to_end.outreach import Outreach

    Body = Callable[[Outreach], Coroutine[None, None, None]]

_SMTP = "worker→smtp"


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Body], None]]:
    """Plays a test's body in the loop that the system was booted in."""
    with asyncio.Runner() as runner:
        made = outreach(tmp_path_factory.mktemp("delivery"), cache_folder(os.environ))
        system = runner.run(anext(made))
        yield lambda body: runner.run(body(system))
        runner.run(made.aclose())


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
        queued = await system.order(prospect)
        assert "queued" == queued["status"]
        await system.told("MAIL_UNAVAILABLE", before)
        await system.deployment.restart("mail")
        await system.settled()
        assert 1 == len(await system.inbox(address))

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


def test_no_healthy_mailbox_is_told(play: Callable[[Body], None]) -> None:
    """503 MAILBOX_UNAVAILABLE with an alert; once there is one, the same order goes out."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        path = f"/api/mailboxes/{system.mailbox}"
        order = {"prospectId": prospect, "campaignId": system.campaign}
        before = (await system.alerts()).count("MAILBOX_UNAVAILABLE")
        await system.data("web", "PATCH", path, {"healthy": False})
        refused = await system.ask(
            "worker", "POST", "/api/send-email", order, idempotency_key="ill"
        )
        await system.data("web", "PATCH", path, {"healthy": True})
        sent = await system.order(prospect, idempotency_key="ill")
        assert (503, "MAILBOX_UNAVAILABLE") == (
            refused.status_code,
            refused.json()["error"]["code"],
        )
        await system.told("MAILBOX_UNAVAILABLE", before)
        assert ("sent", 1) == (sent["status"], len(await system.inbox(address)))

    play(body)


def test_the_same_key_sends_one_mail(play: Callable[[Body], None]) -> None:
    """Eight at once and one later are one email, and its answer."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        told = await asyncio.gather(
            *(system.order(prospect, idempotency_key="eight") for _ in range(8))
        )
        later = await system.order(prospect, idempotency_key="eight")
        assert {later["emailId"]} == {one["emailId"] for one in told}
        assert ("sent", 1) == (later["status"], len(await system.inbox(address)))

    play(body)


def test_a_key_is_for_one_order(play: Callable[[Body], None]) -> None:
    """Another body with it is refused, and so is a key that cannot be one."""

    async def body(system: Outreach) -> None:
        (prospect, _), (other, address) = await system.prospect(), await system.prospect()
        first = await system.order(prospect, idempotency_key="mine")
        again = await system.order(prospect, idempotency_key="mine")
        order = {"prospectId": other, "campaignId": system.campaign}
        codes: list[str] = []
        for key in ("mine", "two words", "x" * 201):
            refused = await system.ask(
                "worker", "POST", "/api/send-email", order, idempotency_key=key
            )
            codes.append(refused.json()["error"]["code"])
        assert ["IDEMPOTENCY_KEY_REUSED", "MALFORMED_REQUEST", "MALFORMED_REQUEST"] == codes
        assert (first, []) == (again, await system.inbox(address))

    play(body)


def test_a_kill_at_any_moment_is_one_mail(play: Callable[[Body], None]) -> None:
    """Killed earlier and later in a slow send, restarted, ordered again: once in each inbox."""

    async def body(system: Outreach) -> None:
        slow = Toxic("slow", "latency", "downstream", {"latency": 30, "jitter": 0})
        addresses: list[str] = []
        for step in range(8):
            prospect, address = await system.prospect()
            addresses.append(address)
            with system.broken(_SMTP, slow):
                key = f"killed{step}"
                order = asyncio.create_task(system.order(prospect, idempotency_key=key))
                await asyncio.sleep(0.02 + 0.035 * step)
                await system.deployment.kill("worker")
            await asyncio.wait([order])
            order.exception()
            await system.deployment.restart("worker")
            await system.order(prospect, idempotency_key=key)
        await system.settled()
        assert [1] * 8 == [len(await system.inbox(one)) for one in addresses]

    play(body)


_DIVERGENCES = {
    "prospects": (
        "UPDATE cache SET row = '{}' WHERE entity = 'prospects' AND id = ?1",
        "/prospects?id=eq.{}",
        {"company": "Changed behind the back"},
    ),
    "campaigns": (
        "DELETE FROM cache WHERE entity = 'campaigns' AND id = ?1",
        "/campaigns?id=eq.{}",
        {"name": "Changed behind the back"},
    ),
    "mailboxes": (
        "UPDATE cache SET id = 'ghost' WHERE entity = 'mailboxes' AND id = ?1",
        "/mailboxes?id=eq.{}",
        {"display_name": "Changed behind the back"},
    ),
}


@pytest.mark.parametrize("entity", list(_DIVERGENCES))
@pytest.mark.parametrize("store", ["d1", "supabase"])
def test_stores_that_differ_are_found_and_mended(
    play: Callable[[Body], None], entity: str, store: str
) -> None:
    """The entity is named, its owner is right, and no email goes out for it."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        key = f"{entity} {store}".replace(" ", "-")
        sent = await system.order(prospect, idempotency_key=key)
        ids = {
            "prospects": prospect,
            "campaigns": system.campaign,
            "mailboxes": system.mailbox,
        }
        await system.data("cron", "POST", "/api/sync")
        sql, target, change = _DIVERGENCES[entity]
        if store == "d1":
            await system.d1(sql, ids[entity])
        else:
            await system.supabase("PATCH", target.format(ids[entity]), change)
        seen = await system.data("cron", "GET", "/api/sync")
        mended = await system.data("cron", "POST", "/api/sync")
        after = await system.data("cron", "GET", "/api/sync")
        again = await system.order(prospect, idempotency_key=key)
        await system.settled()
        assert (False, [entity], True) == (seen["inSync"], _differing(seen), after["inSync"])
        assert (True, []) == (bool(mended["repaired"]), _differing(mended))
        assert (sent, 1) == (again, len(await system.inbox(address)))

    play(body)


def _differing(report: dict[str, object]) -> list[str]:
    return [str(one["entity"]) for one in items(report, "entities") if not one["inSync"]]


def test_a_storm_leaves_nothing_behind(play: Callable[[Body], None]) -> None:
    """As many faults were lifted as were laid, and the edges are as they were."""

    async def body(system: Outreach) -> None:
        storm = Storm(7, {"worker→ddg": (Cut(),), _SMTP: (Cut(),)}, (0.01, 0.05), (0.01, 0.02))
        proxies = system.deployment.proxies
        async with raging(storm, proxies, system.journal, asyncio.get_running_loop().time):
            await asyncio.sleep(0.3)
        prospect, _ = await system.prospect()
        url = f"http://127.0.0.1:{system.deployment.plan.toxiproxy}/proxies"
        laid = [one["toxics"] for one in (await system.client.get(url)).json().values()]
        assert not any(laid)
        await system.settled()
        assert "failed" != (await system.order(prospect))["status"]
        await system.settled()

    play(body)
