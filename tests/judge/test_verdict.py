"""Merging, folding and rolling up of verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwright.contract import Recovery, Requirement
from seamwright.judge.finding import findings
from seamwright.judge.judgement import Judgement
from seamwright.judge.requirements import row_of
from seamwright.judge.rule import Bench
from seamwright.judge.verdict import Outcome, Place, Verdict, merge

if TYPE_CHECKING:
    from random import Random

OUTCOMES = st.lists(st.sampled_from(list(Outcome)), max_size=6)
ONE = Bench("ONE001")
TWO = Bench("TWO001")
SHOP = Place("shop", "GET /orders")


@given(OUTCOMES, st.randoms())
def test_merge_is_commutative(outcomes: list[Outcome], random: Random) -> None:
    """The order of outcomes does not matter."""
    shuffled = sorted(outcomes, key=lambda _: random.random())
    assert merge(outcomes) == merge(shuffled)


@given(OUTCOMES.filter(bool), OUTCOMES.filter(bool), OUTCOMES.filter(bool))
def test_merge_is_associative(a: list[Outcome], b: list[Outcome], c: list[Outcome]) -> None:
    """Merging parts that are not empty first changes nothing."""
    left = merge([merge([merge(a), merge(b)]), merge(c)])
    right = merge([merge(a), merge([merge(b), merge(c)])])
    assert merge([*a, *b, *c]) == left
    assert left == right


@given(OUTCOMES)
def test_a_fail_wins(outcomes: list[Outcome]) -> None:
    """One fail makes it a fail, whatever else there is."""
    assert Outcome.FAIL == merge([*outcomes, Outcome.FAIL])


@given(OUTCOMES)
def test_a_pass_needs_passes_alone(outcomes: list[Outcome]) -> None:
    """It passes exactly when there is something, and all of it passes."""
    passes = bool(outcomes) and set(outcomes) == {Outcome.PASS}
    assert passes == (merge(outcomes) is Outcome.PASS)


def test_nothing_is_unproven() -> None:
    """What nobody looked at does not hold."""
    assert Outcome.UNPROVEN == merge([])


def test_equal_faults_fold_into_one_finding() -> None:
    """The same shape at the same place is one finding with all its evidence, each piece once."""
    folded = findings(
        [
            ONE.failed(SHOP, "404: no code", ["a", "b"], "no code"),
            ONE.passed(SHOP, ["c"]),
            ONE.failed(SHOP, "500: no code", ["b", "d"], "no code"),
        ]
    )
    assert [("404: no code", ("a", "b", "d"), 2)] == [
        (one.message, one.evidence, one.count) for one in folded
    ]


def test_different_faults_stay_apart() -> None:
    """Another rule, another place and another shape are findings of their own, in their order."""
    folded = findings(
        [
            TWO.failed(SHOP, "no code", ["a"]),
            ONE.failed(SHOP, "no code", ["b"]),
            ONE.failed(Place("shop", "GET /orders", "x"), "no code", ["c"]),
            ONE.failed(SHOP, "no id", ["d"]),
        ]
    )
    assert [("a",), ("b",), ("c",), ("d",)] == [one.evidence for one in folded]


def test_what_spans_endpoints_folds_by_service() -> None:
    """One error handler behind many endpoints is one finding with all of them; a lone one stays."""
    bench = Bench("ONE001", spans=True)
    folded = findings(
        [
            bench.failed(Place("shop", "GET /a"), "404: a page", ["a"], "a page"),
            bench.failed(Place("shop", "GET /b"), "500: a page", ["b"], "a page"),
            bench.failed(Place("shop", "GET /b"), "404: a page", ["c"], "a page"),
            bench.failed(Place("shop"), "404: a page", ["d"], "a page"),
            bench.failed(Place("bank", "GET /a"), "404: a page", ["e"], "a page"),
        ]
    )
    assert [
        (Place("shop"), ("GET /a", "GET /b"), ("a", "b", "c", "d"), 4),
        (Place("bank", "GET /a"), ("GET /a",), ("e",), 1),
    ] == [(one.place, one.endpoints, one.evidence, one.count) for one in folded]


def _judged(*verdicts: Verdict) -> Judgement:
    return Judgement((), verdicts)


@pytest.mark.parametrize(
    ("row", "verdicts", "outcome", "reasons"),
    [
        (
            Requirement("a.b", "", rules=("ONE001", "TWO001")),
            (ONE.passed(SHOP, ["a"]), TWO.passed(SHOP, ["b"])),
            Outcome.PASS,
            (),
        ),
        (
            Requirement("a.b", "", rules=("ONE001", "TWO001")),
            (ONE.passed(SHOP, ["a"]),),
            Outcome.UNPROVEN,
            ("TWO001 found nothing to judge",),
        ),
        (
            Requirement("a.b", "", rules=("ONE001",)),
            (ONE.passed(SHOP, ["a"]), TWO.failed(SHOP, "no", ["b"])),
            Outcome.PASS,
            (),
        ),
        (
            Requirement("a.b", "", rules=("ONE001",), lacks="a drill"),
            (ONE.passed(SHOP, ["a"]),),
            Outcome.UNPROVEN,
            ("a drill",),
        ),
        (Requirement("a.b", ""), (), Outcome.UNPROVEN, ("no rule decides this row yet",)),
        (
            Recovery("a.b", "", "", "", (), 1, 1, rules=("ONE001",), lacks="a drill"),
            (
                ONE.failed(Place("shop", aspect="x"), "no", ["a"]),
                ONE.unproven(Place(""), "nothing"),
                ONE.unproven(Place(""), "nothing"),
            ),
            Outcome.FAIL,
            ("ONE001 shop x: no", "ONE001: nothing", "a drill"),
        ),
    ],
)
def test_a_row_passes_only_when_every_rule_does(
    row: Requirement | Recovery,
    verdicts: tuple[Verdict, ...],
    outcome: Outcome,
    reasons: tuple[str, ...],
) -> None:
    """A row passes when each rule gave a verdict, all pass, and nothing is lacking."""
    rolled = row_of(row, _judged(*verdicts))
    assert (outcome, reasons) == (rolled.outcome, rolled.reasons)
