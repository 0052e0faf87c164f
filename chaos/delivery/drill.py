"""Plays one run: prepare, storm and kill while emails are ordered, settle, count."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import asdict, dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING

import httpx

from chaos.delivery.inboxes import arrived
from chaos.delivery.orders import Ordered, orders, place
from chaos.delivery.plan import WORKER, Plan, hastened
from seamwright import run
from seamwright.drive.faults.storm import raging
from seamwright.drive.subject.address import port_of
from seamwright.project import open_project

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from pathlib import Path

    from seamwright.drive.subject.boot import Booted
    from seamwright.drive.subject.deployment import Deployment

_CRON_S = 0.2
_SETTLE_S = 60.0
_STEP_S = 0.005
_JITTER_S = 0.03
_MAILBOXES = 3
_CAMPAIGN = {"name": "Storm", "subject": "Through the storm", "body": "It came through.\n" * 8}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run came to, counted in emails.

    Attributes:
        accepted: those whose order was answered with a success.
        delivered: those of them that arrived.
        lost: those of them that did not.
        duplicated: messages that arrived beside the first of an order.
        kills: of the worker.
        seed: of the run.
    """

    accepted: int
    delivered: int
    lost: int
    duplicated: int
    kills: int
    seed: int

    def holds(self, plan: Plan) -> bool:
        """Whether everything that was ordered was accepted and arrived exactly once."""
        whole = self.accepted == plan.emails and self.kills == plan.kills
        return whole and self.lost == 0 == self.duplicated

    def line(self) -> dict[str, int]:
        """Its numbers by name."""
        return asdict(self)


@dataclass(slots=True)
class _Scene:
    """The running subject and what the drill knows of it."""

    plan: Plan
    running: Booted
    say: Callable[[str], None]
    ordered: Ordered = field(default_factory=Ordered)
    kills: int = 0

    @property
    def deployment(self) -> Deployment:
        return self.running.deployment

    def url(self, box: str) -> str:
        return f"http://{self.deployment.plan.boxes[box]}"


async def play(
    plan: Plan, project: Path, folders: tuple[Path, Path], say: Callable[[str], None]
) -> Tally:
    """Run the drill against a subject of its own, booted from a subject file.

    Args:
        plan: what is to be done.
        project: the subject file.
        folders: of the record, which must not be there yet, and of the cache.
        say: tells progress.

    Raises:
        UsageProblem: when the subject file cannot be followed.
        HarnessProblem: when the subject or the proxy did not do its part.
    """
    opened = open_project(project)
    opened = replace(opened, file=hastened(opened.file))
    async with run.up(opened, *folders, say) as (running, journal):
        scene = _Scene(plan, running, say)
        addresses = [f"reader-{plan.seed}-{number}@arrive.test" for number in range(plan.emails)]
        prospects, campaign = await _prepare(scene, addresses)
        wanted = orders(plan.seed, prospects, campaign)
        say(f"ordering {plan.emails} emails, killing the worker {plan.kills} times")
        async with _cron(scene):
            async with raging(plan.storm, scene.deployment.proxies, journal, monotonic):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(plan.within_s), asyncio.TaskGroup() as group:
                        token = running.credentials["web"]
                        group.create_task(place(wanted, scene.url(WORKER), token, scene.ordered))
                        group.create_task(_kill(scene))
            say(f"{len(scene.ordered.accepted)} accepted in {scene.ordered.attempts} attempts")
            for one in scene.ordered.contradictions[:5]:
                say(one)
            await _settle(scene)
        say("counting what arrived")
        imap = port_of(scene.deployment.plan.boxes["imap"])
        found = await asyncio.to_thread(arrived, imap, running.doors["imap"], addresses)
        accepted = scene.ordered.accepted
        taken = [to for to, one in zip(addresses, wanted, strict=True) if one.key in accepted]
    journal.finish()
    return _tally(scene, taken, found)


def _tally(scene: _Scene, taken: Sequence[str], found: dict[str, int]) -> Tally:
    delivered = sum(found[one] > 0 for one in taken)
    return Tally(
        accepted=len(taken),
        delivered=delivered,
        lost=len(taken) - delivered,
        duplicated=sum(max(0, count - 1) for count in found.values()),
        kills=scene.kills,
        seed=scene.plan.seed,
    )


async def _prepare(scene: _Scene, addresses: Sequence[str]) -> tuple[list[str], str]:
    """Prospects, a campaign and mailboxes, through their owner's door; the ids of the first two."""
    key = scene.running.doors["supabase"]
    headers = {"apikey": key, "authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(
        base_url=scene.url("supabase"), headers=headers, trust_env=False, timeout=30
    ) as client:

        async def insert(table: str, rows: Sequence[dict[str, str]], *, told: bool) -> list[str]:
            prefer = {"prefer": "return=representation" if told else "return=minimal"}
            answer = await client.post(f"/{table}", json=rows, headers=prefer)
            answer.raise_for_status()
            return [str(row["id"]) for row in answer.json()] if told else []

        boxes = [{"address": f"sender{number}@sender.test"} for number in range(_MAILBOXES)]
        await insert("mailboxes", boxes, told=False)
        (campaign,) = await insert("campaigns", [_CAMPAIGN], told=True)
        people = [{"name": "A reader", "email": one} for one in addresses]
        return await insert("prospects", people, told=True), campaign


@contextlib.asynccontextmanager
async def _cron(scene: _Scene) -> AsyncGenerator[None]:
    """The cron trigger, for as long as the block runs; a run that fails is the next one's."""
    headers = {"authorization": f"Bearer {scene.running.credentials['cron']}"}

    async def tick() -> None:
        async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=30) as client:
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    await client.post(f"{scene.url(WORKER)}/api/cron/outbox")
                await asyncio.sleep(_CRON_S)

    task = asyncio.create_task(tick())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _kill(scene: _Scene) -> None:
    """Kill the worker after so many accepted emails and a moment more, and start it again."""
    chance = random.Random(f"{scene.plan.seed} jitter")  # noqa: S311 - chance, not a secret
    for mark in scene.plan.kill_marks:
        while len(scene.ordered.accepted) < mark:
            await asyncio.sleep(_STEP_S)
        await asyncio.sleep(chance.uniform(0, _JITTER_S))
        await scene.deployment.kill(WORKER)
        scene.kills += 1
        await scene.deployment.restart(WORKER)


async def _settle(scene: _Scene) -> None:
    """Wait until the outbox is empty, and until nothing can be under way any more."""
    headers = {"authorization": f"Bearer {scene.running.credentials['cron']}"}
    until_s = monotonic() + _SETTLE_S
    async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=30) as client:
        while monotonic() < until_s:
            with contextlib.suppress(httpx.HTTPError):
                answer = await client.get(f"{scene.url(WORKER)}/api/analytics")
                if answer.is_success and answer.json()["data"]["queued"] == 0:
                    break
            await asyncio.sleep(_CRON_S)
        else:
            scene.say(f"the outbox is not empty after {_SETTLE_S:g} s")
    await asyncio.sleep(scene.plan.quiet_s)
