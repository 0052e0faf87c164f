"""One outage is one, however many calls see it, and in whatever order they come home."""

from __future__ import annotations

import asyncio
import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from reference_impl.alert import Alerts
from reference_impl.box.log import Log
from reference_impl.http_client import NoConnection
from reference_impl.outage import Outage
from tests.reference_impl.clock import Clock
from tests.reference_impl.scripted import Scripted, callee

MOMENT = st.integers(0, 100)
# When a call began, when the box saw it, when it came home.
CALL = st.tuples(MOMENT, MOMENT, MOMENT).map(lambda moments: tuple(sorted(moments)))


def _down(moment: int, outages: list[tuple[int, int]]) -> bool:
    return any(first <= moment < last for first, last in outages)


@given(
    calls=st.lists(CALL, max_size=30),
    bounds=st.lists(MOMENT, min_size=2, max_size=6, unique=True).map(sorted),
)
def test_it_never_counts_more_outages_than_there_were(
    calls: list[tuple[int, int, int]], bounds: list[int]
) -> None:
    """Nor an end for which there was no beginning."""
    outages = list(zip(bounds[::2], bounds[1::2], strict=False))
    seen = Outage()
    moves: list[str] = []
    for began, met, home in sorted(calls, key=lambda one: one[2]):
        if _down(met, outages):
            moves += ["begun"] if seen.failed(began, home) else []
        else:
            moves += ["over"] if seen.succeeded(began, home) else []
    assert seen.count <= len(outages)
    assert ["begun", "over"] * (len(moves) // 2) == moves[: len(moves) // 2 * 2]


@given(seen=st.lists(st.booleans(), max_size=20))
def test_calls_one_after_the_other_miss_nothing(seen: list[bool]) -> None:
    """Where they do not overlap, each change is told."""
    outage, told = Outage(), [False]
    for number, failed in enumerate(seen):
        began, home = float(2 * number), 2.0 * number + 1
        told += [True] if failed and outage.failed(began, home) else []
        told += [False] if not failed and outage.succeeded(began, home) else []
    changes = [False, *seen]
    expected = [False] + [new for old, new in itertools.pairwise(changes) if old != new]
    assert expected == told


def _told(client: Scripted) -> list[tuple[str, str, str]]:
    alerts = [json.loads(body) for body in client.bodies]
    return [(one["state"], one["requestId"], one["id"].rpartition("D.")[2]) for one in alerts]


def test_an_alert_is_sent_again_until_it_was_heard() -> None:
    """At the next sign, before what came later, and under the same id, so that it is kept once."""

    async def run() -> list[tuple[str, str, str]]:
        clock = Clock()
        client = Scripted(*[NoConnection("refused")] * 3)
        alerts = Alerts("web", callee(client, clock), Log("web"), clock)
        alerts.begin("D", "It is down.", "req_1")
        await _settle()
        clock.forward(1)
        alerts.end("D", "req_2")
        await _settle()
        alerts.end("D", "req_3")
        await _settle()
        return _told(client)

    first, last = ("begun", "req_1", "1.begun"), ("over", "req_2", "1.over")
    assert [first, first, first, first, last] == asyncio.run(run())


async def _settle() -> None:
    """What runs in the background comes to rest."""
    for _ in range(50):
        await asyncio.sleep(0)
