"""HEA001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.rules.health import RULE
from seamwright.record.observation import Unseen
from tests.judge.records import HEALTH, SYSTEM, answered, at, fails, make_record, unanswered

GOOD = {"status": "healthy", "dependencies": {"bank": "healthy", "post": "degraded"}}
BAD = {"status": "unhealthy", "dependencies": {"bank": "unhealthy", "post": "healthy"}}


def test_passes_when_every_answer_is_complete() -> None:
    """A healthy answer, and an unhealthy one with its own status, are both right."""
    record = make_record(
        answered("a", GOOD, endpoint=HEALTH), answered("b", BAD, endpoint=HEALTH, status=503)
    )
    assert [("pass", "", ("a", "b"))] == at(RULE.judge(SYSTEM, record), HEALTH)


def test_a_refused_request_tells_nothing_of_the_health() -> None:
    """Where it was not well-formed; a well-formed one is answered with the health."""
    refused = answered("b", {"ok": False}, endpoint=HEALTH, status=400)
    assert refused.case is not None
    malformed = replace(refused, case=replace(refused.case, valid=False))
    record = make_record(answered("a", GOOD, endpoint=HEALTH), malformed)
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), HEALTH)
    well = replace(refused, case=replace(refused.case, valid=True))
    assert [("b",)] == [evidence for _, evidence in fails(RULE.judge(SYSTEM, make_record(well)))]


def test_reads_the_path_without_its_query() -> None:
    """A query does not make another endpoint of it."""
    record = make_record(answered("a", GOOD, endpoint=HEALTH, target="/health?full=1"))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), HEALTH)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"ok", 200, "the body is not JSON"),
        (["healthy"], 200, "the body is not an object"),
        ({"status": "fine"}, 200, "`status` is not one of healthy, degraded, unhealthy"),
        ({"status": "healthy"}, 200, "`dependencies` is missing"),
        ({**GOOD, "dependencies": {"bank": "healthy"}}, 200, "`dependencies` lacks post"),
        (
            {**GOOD, "dependencies": {"bank": "up", "post": []}},
            200,
            "a dependency is not one of healthy, degraded, unhealthy",
        ),
        (BAD, 200, "`status` and the HTTP status 200 contradict each other"),
        (GOOD, 503, "`status` and the HTTP status 503 contradict each other"),
        (GOOD, 404, "`status` and the HTTP status 404 contradict each other"),
    ],
)
def test_fails_on_an_answer_that_hides_something(body: object, status: int, said: str) -> None:
    """Each way to leave something out or to contradict oneself is a fail of its own."""
    record = make_record(answered("a", body, endpoint=HEALTH, status=status))
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, record))


def test_unproven_where_it_was_not_answered() -> None:
    """A health endpoint that gave no answer decides nothing, and neither does another method."""
    record = make_record(
        unanswered("a", endpoint=HEALTH), answered("b", GOOD, endpoint=HEALTH, method="HEAD")
    )
    expected = [("unproven", "its health was not asked, or not answered", ())]
    assert expected == at(RULE.judge(SYSTEM, record), HEALTH)


def test_unproven_where_nothing_was_seen() -> None:
    """A service that could not be reached is unproven, with the reason."""
    record = make_record(Unseen("shop", "no box"))
    assert [("unproven", "no box", ())] == at(RULE.judge(SYSTEM, record), HEALTH)


def test_unproven_without_a_declared_health() -> None:
    """A service whose contract has no health endpoint is unproven."""
    expected = [("unproven", "the contract declares no health endpoint", ())]
    assert expected == at(RULE.judge(SYSTEM, make_record()), "bank")
