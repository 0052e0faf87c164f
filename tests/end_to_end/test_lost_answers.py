"""An answer that is lost after the thing was done: whoever asks again with the key does it once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from seamwright.drive.faults.toxic import Toxic
from tests.end_to_end.lost_answers import LostAnswers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from tests.end_to_end.outreach import Body, Outreach

_EVERY = 1_000
_RESET = Toxic("answers lost", "reset_peer", "downstream", {"timeout": 0})


@asynccontextmanager
async def _losing(
    system: Outreach, edge: str, words: bytes, times: int
) -> AsyncGenerator[LostAnswers]:
    """The edge leads past somebody who swallows these answers, for as long as the block runs."""
    between = LostAnswers(system.port(edge.split("→")[1]), words, times)
    async with between.listening():
        with system.misled(edge, between.port):
            yield between


def test_a_lost_answer_of_d1_to_the_order(play: Callable[[Body], None]) -> None:
    """D1 has it and the worker cannot know: nothing is sent, and the same key makes it one mail."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        order = {"prospectId": prospect, "campaignId": system.campaign}
        async with _losing(system, "worker→d1", b"INSERT INTO emails", _EVERY) as between:
            refused = await system.ask(
                "worker", "POST", "/api/send-email", order, idempotency_key="unheard"
            )
        error, early = refused.json()["error"], await system.inbox(address)
        assert ("D1_UNAVAILABLE", True, []) == (error["code"], error["retryable"], early)
        again = await system.order(prospect, idempotency_key="unheard")
        await system.settled()
        later = await system.order(prospect, idempotency_key="unheard")
        seen = (between.lost > 1, again["emailId"], len(await system.inbox(address)))
        assert (True, later["emailId"], 1) == seen

    play(body)


def test_a_lost_answer_of_d1_to_the_outcome(play: Callable[[Body], None]) -> None:
    """The caller hears that the mail is sent, which is so, and it is not sent again."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        async with _losing(system, "worker→d1", b"SET status", _EVERY) as between:
            told = await system.order(prospect, idempotency_key="untold")
        again = await system.order(prospect, idempotency_key="untold")
        await system.settled()
        seen = (between.lost > 1, told["status"], again["emailId"])
        assert (True, "sent", told["emailId"]) == seen
        assert 1 == len(await system.inbox(address))

    play(body)


def test_one_lost_answer_of_the_worker_is_not_noticed(play: Callable[[Body], None]) -> None:
    """The web orders again under the key that it has given the order: sent, once."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        path = f"/api/prospects/{prospect}/send-email"
        async with _losing(system, "web→worker", b"POST /api/send-email", 1) as between:
            told = await system.data("web", "POST", path, {"campaignId": system.campaign})
        await system.settled()
        assert (1, "sent") == (between.lost, told["status"])
        assert 1 == len(await system.inbox(address))

    play(body)


def test_a_user_who_orders_again_with_the_key(play: Callable[[Body], None]) -> None:
    """Every answer of the worker is lost, the web says 503, and the second order is the first."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        path, order = f"/api/prospects/{prospect}/send-email", {"campaignId": system.campaign}
        with system.broken("web→worker", _RESET):
            refused = await system.ask("web", "POST", path, order, idempotency_key="mine-alone")
        told = [
            await system.data("web", "POST", path, order, idempotency_key="mine-alone")
            for _ in range(2)
        ]
        error = refused.json()["error"]
        assert ("WORKER_UNAVAILABLE", True) == (error["code"], error["retryable"])
        await system.settled()
        assert (told[0], 1) == (told[1], len(await system.inbox(address)))

    play(body)


def test_the_key_is_for_one_order_at_the_web_too(play: Callable[[Body], None]) -> None:
    """Another order with it is refused, as at the worker."""

    async def body(system: Outreach) -> None:
        prospect, address = await system.prospect()
        path, order = f"/api/prospects/{prospect}/send-email", {"campaignId": system.campaign}
        await system.data("web", "POST", path, order, idempotency_key="taken")
        other = {**order, "scheduledFor": "2099-01-01T00:00:00Z"}
        refused = await system.ask("web", "POST", path, other, idempotency_key="taken")
        seen = (refused.status_code, refused.json()["error"]["code"])
        assert (422, "IDEMPOTENCY_KEY_REUSED") == seen
        assert 1 == len(await system.inbox(address))

    play(body)
