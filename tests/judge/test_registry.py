"""Judging with rules that are right, rules that raise, and rules that are no rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.contract import Requirement, System
from seamwright.judge.judgement import judge
from seamwright.judge.registry import RULES, RegistryProblem, check
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Outcome, Place, Verdict
from tests.judge.records import SYSTEM, make_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.record.load import Record

BENCH = Bench("FIN001")


def _fine(system: System, record: Record) -> Iterator[Verdict]:
    yield BENCH.passed(Place(system.name), [record.head.subject])


def _raises(system: System, record: Record) -> Iterator[Verdict]:
    yield BENCH.passed(Place(system.name), [record.head.subject])
    message = "no such thing"
    raise LookupError(message)


FINE = Rule("FIN001", "It is fine", "Because", "Nowhere", _fine)
RAISES = Rule("RAI001", "It raises", "Because", "Nowhere", _raises)
PLAIN = replace(SYSTEM, checklist=())


def test_a_rule_that_raises_is_unproven_and_told() -> None:
    """It gives no pass, not even what it had said before, and the other rules are run."""
    judgement = judge([RAISES, FINE], SYSTEM, make_record())
    assert (("RAI001", "LookupError: no such thing"),) == judgement.raised
    assert [
        ("RAI001", Outcome.UNPROVEN, "the rule itself failed: LookupError: no such thing"),
        ("FIN001", Outcome.PASS, ""),
    ] == [(one.code, one.outcome, one.said) for one in judgement.verdicts]
    assert (FINE,) == judgement.rules[1:]
    assert ["FIN001"] == [one.code for one in judgement.of(["FIN001", "XYZ001"])]


def test_the_rules_of_the_tool_are_rules() -> None:
    """The literal tuple holds, and the rows of the checklist name rules in it."""
    assert check(RULES, SYSTEM) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.code)
def test_no_rule_raises_on_an_empty_record(rule: Rule) -> None:
    """Nothing that was seen gives no fail and no exception."""
    assert () == judge([rule], SYSTEM, make_record()).raised


@pytest.mark.parametrize(
    ("rules", "where", "seen"),
    [
        ([FINE, replace(FINE, title="Another")], "Another", "FIN001 twice"),
        ([replace(FINE, code="FINE1")], "It is fine", "FINE1"),
        ([replace(FINE, code="fin001")], "It is fine", "fin001"),
        ([replace(FINE, title="")], "FIN001", "one of them is empty"),
        ([replace(FINE, why="")], "FIN001", "one of them is empty"),
        ([replace(FINE, source="")], "FIN001", "one of them is empty"),
    ],
)
def test_a_rule_that_is_none_is_blamed_by_name(rules: list[Rule], where: str, seen: str) -> None:
    """A code twice, a malformed code and an empty text are refused before anything runs."""
    with pytest.raises(RegistryProblem) as caught:
        check(rules, PLAIN)
    assert (where, seen) == (caught.value.where, caught.value.seen)


def test_a_row_that_names_no_rule_is_blamed_by_name() -> None:
    """A row whose rule does not exist could never pass: it is refused."""
    row = Requirement("a.b", "A row", rules=("FIN001", "OFF001"))
    with pytest.raises(RegistryProblem) as caught:
        check([FINE], replace(PLAIN, checklist=(row,)))
    assert ("row a.b", "OFF001", "one of FIN001") == (
        caught.value.where,
        caught.value.seen,
        caught.value.expected,
    )
