"""The cases of a gate: breadth first, bounded, and of safe methods where it is asked."""

from __future__ import annotations

from contracts import SYSTEM
from seamwright.drive.gate import GateBudget, gate_cases
from tests.miniatures.contract import SYSTEM as NOTES


def test_the_first_round_has_every_endpoint() -> None:
    """Nobody waits for the last endpoint until the first one has had all its cases."""
    cases = gate_cases(SYSTEM, GateBudget(cases=200))
    endpoints = sum(len(one.endpoints) for one in SYSTEM.services)
    first = {one.label.id for one in cases[:endpoints]}
    assert {f"generated-{one.name}-1" for one in SYSTEM.services} <= first
    assert 200 == len(cases)
    assert cases == gate_cases(SYSTEM, GateBudget(cases=200))


def test_a_small_budget_is_kept() -> None:
    """Even where it is smaller than the number of endpoints."""
    assert 3 == len(gate_cases(SYSTEM, GateBudget(cases=3)))


def test_only_methods_that_change_nothing_are_sent_where_it_is_asked() -> None:
    """Also of the cases that try another method on a path."""
    cases = gate_cases(NOTES, GateBudget(cases=500, safe_only=True))
    assert cases
    assert {one.method for one in cases} <= {"GET", "HEAD", "OPTIONS", "TRACE"}
    every = {one.method for one in gate_cases(NOTES, GateBudget(cases=500))}
    assert "POST" in every


def test_another_method_that_is_another_endpoint_is_judged_as_that() -> None:
    """`PATCH` on the path of a `DELETE` is no unknown route."""
    told = {
        (one.label.endpoint or "").split(" ")[0]
        for one in gate_cases(SYSTEM, GateBudget(cases=1_500))
        if one.method == "PATCH" and one.target.startswith("/api/prospects/")
    }
    assert "PATCH" in told
