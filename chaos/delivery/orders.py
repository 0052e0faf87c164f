"""Callers that order emails and do not give up: each order has its key, and is repeated with it."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIDE_BY_SIDE = 8
_PATIENCE_S = 4.0
_PAUSE_S = (0.02, 0.25)
_HASTY = 0.1
"""This part of the callers hangs up on its first attempts before it can have been answered."""
_SHORT_S = (0.005, 0.08)
_SCHEDULED = 0.1
"""This part of the emails is to be sent a little later."""
_AHEAD_S = 2.0
_OK = 200


@dataclass(frozen=True, slots=True)
class Order:
    """One email that is wanted.

    Attributes:
        key: of the caller, for this order alone.
        body: of the request.
        patience_s: how long the caller waits for each of its attempts in turn; the last is for all
            that follow.
    """

    key: str
    body: dict[str, str]
    patience_s: tuple[float, ...]


@dataclass(slots=True)
class Ordered:
    """What has been accepted so far: key → the answer's data, or why it cannot be."""

    accepted: dict[str, dict[str, object]] = field(default_factory=dict[str, dict[str, object]])
    attempts: int = 0
    contradictions: list[str] = field(default_factory=list[str])


def orders(seed: int, prospects: Sequence[str], campaign: str) -> list[Order]:
    """One email to each prospect."""
    chance = random.Random(f"{seed} orders")  # noqa: S311 - chance, not a secret
    made: list[Order] = []
    for number, prospect in enumerate(prospects):
        body = {"prospectId": prospect, "campaignId": campaign}
        if chance.random() < _SCHEDULED:
            ahead = datetime.now(UTC) + timedelta(seconds=_AHEAD_S)
            body["scheduledFor"] = ahead.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        hasty = (chance.uniform(*_SHORT_S),) if chance.random() < _HASTY else ()
        made.append(Order(f"order-{seed}-{number}", body, (*hasty, _PATIENCE_S)))
    return made


async def place(wanted: Sequence[Order], url: str, token: str, ordered: Ordered) -> None:
    """Order all of them, some at a time, each until it is accepted.

    `ordered` is filled meanwhile. Cancel it to stop; what was accepted stays so.
    """
    queue = iter(wanted)
    headers = {"authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=_SIDE_BY_SIDE * 2)
    async with httpx.AsyncClient(
        base_url=url, headers=headers, trust_env=False, limits=limits
    ) as client:

        async def work() -> None:
            for order in queue:
                await _until_accepted(client, order, ordered)

        async with asyncio.TaskGroup() as group:
            for _ in range(_SIDE_BY_SIDE):
                group.create_task(work())


async def _until_accepted(client: httpx.AsyncClient, order: Order, ordered: Ordered) -> None:
    chance = random.Random(order.key)  # noqa: S311 - chance, not a secret
    attempt = 0
    while True:
        patience_s = order.patience_s[min(attempt, len(order.patience_s) - 1)]
        attempt += 1
        ordered.attempts += 1
        answer = await _ask(client, order, patience_s)
        if answer is not None:
            if answer.status_code == _OK:
                ordered.accepted[order.key] = answer.json()["data"]
                return
            if not answer.json()["error"]["retryable"]:
                # What must not be repeated is never accepted: the run will say that it is missing.
                ordered.contradictions.append(f"{order.key}: {answer.text}")
                return
        await asyncio.sleep(chance.uniform(*_PAUSE_S))


async def _ask(client: httpx.AsyncClient, order: Order, patience_s: float) -> httpx.Response | None:
    headers = {"idempotency-key": order.key}
    try:
        return await client.post(
            "/api/send-email", json=order.body, headers=headers, timeout=patience_s
        )
    except httpx.HTTPError:
        return None
