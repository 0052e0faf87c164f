"""The reference, booted with every edge through Toxiproxy, and hands for its doors."""

from __future__ import annotations

import asyncio
import imaplib
import time
from dataclasses import dataclass, field, replace
from email.parser import BytesHeaderParser
from itertools import count
from typing import TYPE_CHECKING, cast

import httpx

from chaos.delivery.plan import hastened
from seamwright import run
from seamwright.drive.faults.laid import laid
from seamwright.drive.faults.misled import Misled
from seamwright.drive.subject.address import port_of
from seamwright.project import open_project
from tests.end_to_end.project import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from seamwright.drive.faults.fault import Fault
    from seamwright.drive.subject.boot import Booted
    from seamwright.drive.subject.deployment import Deployment
    from seamwright.record.journal import Journal

    Body = Callable[["Outreach"], Coroutine[None, None, None]]

_CREDENTIALS = {"web": "user", "worker": "web"}
_SETTLED_S = 12.0
# Where no fault lies on an edge, a machine with much to do must not look like one.
_PATIENT = {"DEADLINE_D1_MS": "1500", "DEADLINE_SUPABASE_MS": "1500"}
_STEP_S = 0.05
_D1 = "/client/v4/accounts/local/d1/database/outreach/query"


@dataclass(slots=True)
class Outreach:
    """The running system.

    Attributes:
        running: its boxes and doors.
        journal: where what is seen goes.
        client: asks anybody.
        campaign, mailbox: the ids of the ones that there are.
    """

    running: Booted
    journal: Journal
    client: httpx.AsyncClient
    campaign: str = ""
    mailbox: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def deployment(self) -> Deployment:
        """Its boxes."""
        return self.running.deployment

    def port(self, box: str) -> int:
        """Where a box listens, past tap and proxy."""
        return port_of(self.deployment.plan.boxes[box])

    def broken(self, edge: str, fault: Fault) -> AbstractContextManager[None]:
        """A fault on an edge, for as long as a block runs."""
        proxies = self.deployment.proxies
        id_ = f"fault-{next(self._numbers)}"
        return laid(fault, edge, proxies, self.journal, time.monotonic, id_)

    def misled(self, edge: str, port: int) -> AbstractContextManager[None]:
        """The edge leads to this port, for as long as a block runs."""
        planned = self.deployment.plan.edge(edge)
        assert planned is not None
        return self.broken(edge, Misled(port, planned.callee))

    async def ask(
        self, service: str, method: str, path: str, body: object = None, **headers: str
    ) -> httpx.Response:
        """The answer; cron's token for `service` "cron", which is the worker too."""
        box = "worker" if service == "cron" else service
        token = self.running.credentials[_CREDENTIALS.get(service, service)]
        url = f"http://127.0.0.1:{self.port(box)}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["authorization"] = f"Bearer {token}"
        if body is None:
            return await self.client.request(method, url, headers=named)
        return await self.client.request(method, url, headers=named, json=body)

    async def data(
        self, service: str, method: str, path: str, body: object = None, **headers: str
    ) -> dict[str, object]:
        """The data of a success; fails on anything else."""
        answer = await self.ask(service, method, path, body, **headers)
        assert answer.status_code < 400, answer.text
        return answer.json()["data"]

    async def prospect(self) -> tuple[str, str]:
        """A new prospect's id and address."""
        address = f"reader{next(self._numbers)}@acme.example"
        made = await self.data("web", "POST", "/api/prospects", {"name": "Ada", "email": address})
        return str(made["id"]), address

    async def order(self, prospect: str, **headers: str) -> dict[str, object]:
        """The worker's answer to an order."""
        body = {"prospectId": prospect, "campaignId": self.campaign}
        return await self.data("worker", "POST", "/api/send-email", body, **headers)

    async def cron(self) -> dict[str, object]:
        """What one run of the outbox job did."""
        return await self.data("cron", "POST", "/api/cron/outbox")

    async def status(self, email: object) -> object:
        """What D1 says of an email."""
        return (await self.data("cron", "GET", f"/api/emails/{email}"))["status"]

    async def settled(self) -> None:
        """Run the outbox job until nothing is queued."""

        async def queued() -> bool:
            await self.cron()
            return (await self.data("cron", "GET", "/api/analytics"))["queued"] != 0

        await self.until(queued, gone=True)

    async def until(self, look: Callable[[], object], *, gone: bool = False) -> object:
        """The first thing that `look` finds, or nothing where it is to be gone."""
        until_s = time.monotonic() + _SETTLED_S
        while time.monotonic() < until_s:
            found = look()
            found = await found if asyncio.iscoroutine(found) else found
            if bool(found) is not gone:
                return found
            await asyncio.sleep(_STEP_S)
        message = f"not seen within {_SETTLED_S:g} s: {look}"
        raise AssertionError(message)

    async def inbox(self, address: str) -> list[str]:
        """The Message-IDs of what lies in the inbox of an address."""
        return await asyncio.to_thread(self._inbox, address)

    def _inbox(self, address: str) -> list[str]:
        with imaplib.IMAP4("127.0.0.1", self.port("imap")) as client:
            client.login(address, self.running.doors["imap"])
            client.select("INBOX", readonly=True)
            _, (numbers,) = client.search(None, "ALL")
            found = [client.fetch(one.decode(), "(RFC822)")[1][0] for one in numbers.split()]
        texts = [cast("tuple[bytes, bytes]", part)[1] for part in found]
        return [message_id(one) for one in texts]

    async def alerts(self) -> list[str]:
        """The codes of the alerts that were raised so far."""
        headers = {"authorization": f"Bearer {self.running.doors['alerts']}"}
        url = f"http://127.0.0.1:{self.port('alerts')}/"
        kept = (await self.client.get(url, headers=headers)).json()["alerts"]
        return [one["body"]["code"] for one in kept]

    async def at_peace(self) -> None:
        """Send a mail, so that the next trouble is one to be told of."""
        prospect, _ = await self.prospect()
        await self.order(prospect)
        await self.settled()

    async def told(self, code: str, before: int) -> None:
        """Wait until more alerts with this code were raised than before."""

        async def more() -> bool:
            return (await self.alerts()).count(code) > before

        await self.until(more)

    async def d1(self, sql: str, *params: str) -> None:
        """Run SQL in D1 behind everybody's back."""
        headers = {"authorization": f"Bearer {self.running.doors['d1']}"}
        url = f"http://127.0.0.1:{self.port('d1')}{_D1}"
        answer = await self.client.post(url, json={"sql": sql, "params": params}, headers=headers)
        assert answer.is_success, answer.text

    async def supabase(self, method: str, target: str, body: object = None) -> None:
        """Change a table behind everybody's back."""
        key = self.running.doors["supabase"]
        headers = {"apikey": key, "authorization": f"Bearer {key}"}
        url = f"http://127.0.0.1:{self.port('supabase')}{target}"
        answer = await self.client.request(method, url, json=body, headers=headers)
        assert answer.is_success, answer.text


def message_id(message: bytes) -> str:
    """The header of that name."""
    return str(BytesHeaderParser().parsebytes(message)["Message-ID"])


async def outreach(folder: Path, cache: Path) -> AsyncGenerator[Outreach]:
    """The system, until the generator is closed; with one mailbox and one campaign."""
    opened = open_project(ROOT / "seamwright.toml")
    opened = replace(opened, file=hastened(opened.file, **_PATIENT))
    async with (
        run.up(opened, folder / "record", cache, lambda _text: None) as (running, journal),
        httpx.AsyncClient(trust_env=False, timeout=20) as client,
    ):
        system = Outreach(running, journal, client)
        mailbox = {"address": "us@outreach.example"}
        campaign = {"name": "Spring", "subject": "Hello", "body": "Dear you"}
        system.mailbox = str((await system.data("web", "POST", "/api/mailboxes", mailbox))["id"])
        system.campaign = str((await system.data("web", "POST", "/api/campaigns", campaign))["id"])
        yield system
