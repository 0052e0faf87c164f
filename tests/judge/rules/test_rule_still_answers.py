"""CON001 on misuse made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.rules.still_answers import RULE
from seamwright.record.observation import Purpose
from tests.judge.records import HEALTH, SYSTEM, at, fails, make_record
from tests.judge.rules.misuses import misused

ONE, TWO = (("x-trace", "one"),), (("x-trace", "two"),)


def test_passes_when_all_is_answered() -> None:
    """What is owed nothing is no evidence."""
    record = make_record(
        misused("a", "GET /health", 200, purpose=Purpose.MISUSE),
        misused("b", "GET /health", failure="closed unanswered", due=False),
    )
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), "shop")


def test_is_unproven_when_nothing_was_misused() -> None:
    """And says why."""
    verdicts = RULE.judge(SYSTEM, make_record())
    assert [("unproven", "it was not misused", ())] == at(verdicts, "bank")


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        ("TimeoutError: no whole answer", "a reason: it hangs (TimeoutError: no whole answer)"),
        ("9 bytes came after the answer", "a reason: 9 bytes came after the answer"),
        ("closed unanswered", "a reason: no answer (closed unanswered)"),
    ],
)
def test_fails_what_is_not_answered_once(failure: str, said: str) -> None:
    """Each in its own words, at the endpoint where there is one."""
    one = misused("a", "GET /health", failure=failure, endpoint=HEALTH)
    other = misused("b", "GET /health", 200)
    verdicts = list(RULE.judge(SYSTEM, make_record(one, other)))
    assert [("fail", said, ("a",))] == at(verdicts, HEALTH)
    assert [] == at(verdicts, "shop")


def test_what_hangs_anyhow_is_another_rules() -> None:
    """Where ordinary requests hang; what was given up early proves nothing."""
    hangs = "TimeoutError: no whole answer"
    record = make_record(
        misused("a", "GET /health", failure=hangs, endpoint=HEALTH),
        misused("b", "GET /health", failure=hangs, endpoint=HEALTH, purpose=Purpose.WELL),
        misused("c", "GET /x", failure="given up: no answer within 2 s"),
        misused("d", "GET /x", 404),
    )
    assert [("pass", "", ("d",))] == at(RULE.judge(SYSTEM, record), "shop")


def test_fails_answers_out_of_order() -> None:
    """An answer with the ID of another request is told; one with a strange ID is not ours."""
    record = make_record(
        misused("a", "GET /x", 404, sent="one", headers=TWO),
        misused("b", "GET /x", 404, sent="two", headers=TWO),
        misused("c", "GET /x", 404, sent="three", headers=(("x-trace", "other"),)),
    )
    said = "a reason: the answer is another's: it has the request ID of another request"
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, record))
    assert [] == fails(RULE.judge(replace(SYSTEM, request_id=None), record))


def test_answers_in_order_pass() -> None:
    """Each has the ID of its own request."""
    record = make_record(
        misused("a", "GET /x", 404, sent="one", headers=ONE),
        misused("b", "GET /x", 404, sent="two", headers=TWO),
    )
    assert [("pass", "", ("a", "b"))] == at(RULE.judge(SYSTEM, record), "shop")
