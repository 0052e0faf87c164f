"""What is known of the request that is being answered."""

from __future__ import annotations

import asyncio

from reference_impl import errand


def test_the_oldest_copy_counts() -> None:
    """In whole seconds; an answer without a copy says nothing."""
    now = errand.begin()
    before = now.headers()
    for age_s in (3.9, 70.2, 0.0):
        now.mark(age_s)
    assert ((), (("x-cache", "stale; age=70"),)) == (before, now.headers())


def test_a_copy_of_whom_we_asked_is_ours_too() -> None:
    """Only where the header says so in the words that we know."""
    now = errand.begin()
    for said in ("", "hit", "stale; age=-1", "stale; age=1, hit", "stale; age=99999999999"):
        errand.passed_on(said)
    assert now.copy_age_s is None
    errand.passed_on("stale; age=12")
    assert now.copy_age_s == 12


def test_time_is_kept_for_what_comes_afterwards() -> None:
    """A part of the whole time, given back in the end; nobody's patience is not divided."""
    errand.begin(100.0)
    with errand.sparing(0.3):
        inside = errand.left_s()
    outside = errand.left_s()
    errand.begin()
    with errand.sparing(0.3):
        endless = errand.left_s()
    assert (70, 100, float("inf")) == (round(inside), round(outside), endless)


def test_what_runs_aside_has_nobody_waiting() -> None:
    """It may outlast the request that it came from."""

    async def run() -> float:
        errand.begin(0.0)
        seen: list[float] = []

        async def work() -> None:
            seen.append(errand.left_s())

        await errand.aside(work())
        return seen[0]

    assert asyncio.run(run()) == float("inf")
