"""The contract set of this repository says what the seed says."""

from __future__ import annotations

import pytest

from contracts import SYSTEM
from seamwright.judge.registry import RULES, check

CHECKLIST = """
boundaries.single-responsibility boundaries.no-foreign-database boundaries.http-only
boundaries.documented contracts.schemas contracts.error-format contracts.versioning
contracts.rate-limits data.ownership data.acyclic data.sync-async verify.error-format
verify.request-ids verify.health verify.circuit-breakers verify.docs verify.no-foreign-database
"""
RECOVERY = "recovery.worker-down recovery.supabase-down recovery.d1-down recovery.external-down"
FAILURE_MODES = """
failure.worker-unreachable failure.supabase-slow failure.stores-diverge
failure.external-rate-limited failure.smtp-rejects
"""
EDGES = """
web→worker web→supabase web→grok web→ddg web→alerts worker→supabase worker→d1 worker→grok
worker→ddg worker→smtp worker→imap worker→alerts
"""
OWNERSHIP = [
    ("prospects", "supabase", {"worker", "web"}, {"web"}),
    ("emails", "d1", {"worker"}, {"worker"}),
    ("campaigns", "supabase", {"worker", "web"}, {"web"}),
    ("mailboxes", "supabase", {"worker"}, {"web"}),
    ("analytics", "d1", {"web"}, {"worker"}),
]


def test_the_26_rows_are_there_in_order() -> None:
    """Checklist, recovery table and failure modes have their stable ids in the seed's order."""
    ids = [[one.id for one in table] for table in (SYSTEM.checklist, SYSTEM.recovery)]
    ids.append([one.id for one in SYSTEM.failure_modes])
    assert [CHECKLIST.split(), RECOVERY.split(), FAILURE_MODES.split()] == ids
    assert 26 == sum(len(table) for table in ids)


def test_the_edges_are_the_arrows_of_the_diagram() -> None:
    """Every arrow is an edge, and there is no other."""
    assert set(EDGES.split()) == {one.name for one in SYSTEM.edges}


def test_the_ownership_matrix_is_the_seeds() -> None:
    """Owner, readers and writers of the seed's five entities are its table, read literally."""
    matrix = [(one.name, one.owner, one.readers, one.writers) for one in SYSTEM.entities]
    assert OWNERSHIP == matrix[:5]


def test_analytics_are_read_through_the_worker() -> None:
    """The seed's `Next.js (via CF)` is the only indirect access in its table."""
    through = {one.name: one.through for one in SYSTEM.entities[:5] if one.through}
    assert {"analytics": (("web", "worker"),)} == through


@pytest.mark.parametrize(
    ("code", "retryable"),
    [("PROSPECT_NOT_FOUND", False), ("MAILBOX_UNAVAILABLE", True), ("RATE_LIMITED", True)],
)
def test_the_seeds_error_codes_keep_their_meaning(code: str, retryable: bool) -> None:
    """What the seed calls retryable is so, and the worker's send-email may answer it."""
    worker = SYSTEM.service("worker")
    endpoint = worker.endpoint("POST /api/send-email") if worker else None
    found = {one.code: one.retryable for one in SYSTEM.codes(endpoint)}
    assert retryable is found[code]


def test_every_endpoint_says_why_it_is_synchronous_or_queued() -> None:
    """Nobody left the reason out, neither on an endpoint nor on an edge."""
    reasons = [each.mode_reason for one in SYSTEM.services for each in one.endpoints]
    assert [] == [one for one in (*reasons, *(edge.reason for edge in SYSTEM.edges)) if not one]


def test_its_rows_name_rules_that_exist() -> None:
    """The registry takes the contract set."""
    assert None is check(RULES, SYSTEM)
