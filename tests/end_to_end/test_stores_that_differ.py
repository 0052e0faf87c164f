"""Stores that differ behind everybody's back are found and mended, and no mail comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reference_impl.system import items

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.end_to_end.outreach import Body, Outreach


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
