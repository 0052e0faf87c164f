"""Every duration comes from the environment, and is the contract's where that is silent."""

from __future__ import annotations

import pytest

from contracts import SYSTEM
from reference_impl import settings
from reference_impl.box.log import Log
from reference_impl.credential import Credentials

_OUT = [(edge.caller, edge.callee) for edge in SYSTEM.edges if edge.caller in ("web", "worker")]


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BREAKER_FAILURES", "BREAKER_OPEN_MS", "PATIENCE_WEB_MS", "CONNECT_MS"):
        monkeypatch.delenv(name, raising=False)
    for _, callee in _OUT:
        monkeypatch.delenv(f"DEADLINE_{callee.upper()}_MS", raising=False)


@pytest.mark.parametrize(("caller", "callee"), _OUT)
def test_a_deadline_is_the_edges(caller: str, callee: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And another where one is set."""
    edges, edge = settings.Edges(caller, Log(caller)), SYSTEM.edge(f"{caller}→{callee}")
    assert edge is not None
    usual = edges.deadline_s(callee)
    monkeypatch.setenv(f"DEADLINE_{callee.upper()}_MS", "12.5")
    assert (edge.deadline_ms / 1_000, 0.0125) == (usual, edges.deadline_s(callee))


def test_a_breaker_opens_at_five_and_rests_for_half_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the contract has it; both can be set."""
    edges = settings.Edges("worker", Log("worker"))
    usual = edges.breaker("smtp")
    monkeypatch.setenv("BREAKER_FAILURES", "2")
    monkeypatch.setenv("BREAKER_OPEN_MS", "300")
    scaled = edges.breaker("smtp")
    assert (5, 30.0) == (usual.opens_after, usual.half_open_after_s)
    assert (2, 0.3) == (scaled.opens_after, scaled.half_open_after_s)


def test_all_tries_together_end_before_our_callers_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The worker answers the web before the web gives up; who has no deadline has none here."""
    edge = SYSTEM.edge("web→worker")
    assert edge is not None
    usual = settings.gate("worker", Credentials({})).patience_s
    monkeypatch.setenv("PATIENCE_WEB_MS", "100")
    scaled = settings.gate("worker", Credentials({})).patience_s
    assert ({"web"}, True) == (set(usual), 0 < usual["web"] < edge.deadline_ms / 1_000)
    assert {"web": 0.09} == pytest.approx(scaled)
