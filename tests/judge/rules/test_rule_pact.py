"""PCT001 on records made by hand."""

from __future__ import annotations

from seamwright.judge.rules.pact import RULE
from seamwright.record.observation import Unseen
from tests.judge.records import SYSTEM, agreed, at, fails, make_record

PLACE = "shop→bank: a payment"


def test_passes_when_both_sides_match() -> None:
    """An interaction passes when consumer and provider were run and both agree."""
    record = make_record(agreed("p1", "consumer"), agreed("p2", "provider"))
    verdicts = list(RULE.judge(SYSTEM, record))
    assert [("pass", "", ("p1", "p2"))] == at(verdicts, PLACE)
    assert 1 == len(verdicts)


def test_fails_and_blames_the_side_that_does_not_match() -> None:
    """The consumer is blamed for what it sends, the provider for what it answers."""
    for side, blamed in (("consumer", "shop"), ("provider", "bank")):
        record = make_record(agreed("p1", side, mismatch="no total"))
        (verdict,) = RULE.judge(SYSTEM, record)
        assert blamed == verdict.place.service
        assert f"{side} does not match 'a payment'" == verdict.shape
        said = f"{side} does not match 'a payment': no total"
        assert [(said, ("p1",))] == fails([verdict])


def test_unproven_when_one_side_was_not_run() -> None:
    """One side alone proves nothing."""
    record = make_record(agreed("p1", "consumer"))
    expected = [("unproven", "the provider side was not run", ("p1",))]
    assert expected == at(RULE.judge(SYSTEM, record), PLACE)


def test_unproven_when_no_interaction_was_tried() -> None:
    """A pair of services without an interaction is unproven, with the reason where there is one."""
    expected = [("unproven", "no interaction was tried on shop→bank", ())]
    assert expected == at(RULE.judge(SYSTEM, make_record()), "shop→bank")
    record = make_record(Unseen("shop→bank", "runs already"))
    assert [("unproven", "runs already", ())] == at(RULE.judge(SYSTEM, record), "shop→bank")
