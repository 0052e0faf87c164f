"""Each email goes out once: one order a key, killed workers, no mailbox, and after a storm."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from seamwright.drive.faults.cut import Cut
from seamwright.drive.faults.storm import Storm, raging
from seamwright.drive.faults.toxic import Toxic

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.end_to_end.outreach import Body, Outreach

_SMTP = "worker→smtp"


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
