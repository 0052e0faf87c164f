"""DOC002 on files that are what the contract set says, and on others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Message, System
from seamwright.contract.derive.places import Places
from seamwright.judge.rules.true_documentation import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.publications import publishing
from tests.judge.records import SYSTEM, at, fails, make_record

SHOP, BANK = SYSTEM.services
EVIDENCE = (CONTRACT, "published")


class Paid(Message):
    """What was paid."""

    euros: int


def test_passes_where_every_file_is_what_the_set_says() -> None:
    """One pass a place, with the contract set and what was found as evidence."""
    verdicts = list(RULE.judge(SYSTEM, publishing(SYSTEM)))
    for where in ("schemas", "documents", "api.md", "shop.ts"):
        assert [("pass", "", EVIDENCE)] == at(verdicts, where)
    assert 4 == len(verdicts)


@pytest.mark.parametrize(
    ("path", "text", "place", "said"),
    [
        ("api.md", "# API\n", "api.md", "api.md is not what the contract set says"),
        ("shop.ts", None, "shop.ts", "shop.ts is not there"),
        (
            "schemas/shop/Order.schema.json",
            "{}",
            "schemas",
            "schemas/shop/Order.schema.json is not what the contract set says",
        ),
        (
            "documents/gone.openapi.json",
            "{}",
            "documents",
            "documents/gone.openapi.json is left over: nothing generates it any more",
        ),
    ],
)
def test_fails_on_a_file_that_is_out_of_date(
    path: str, text: str | None, place: str, said: str
) -> None:
    """One finding about its place, and the other places pass."""
    verdicts = list(RULE.judge(SYSTEM, publishing(SYSTEM, {path: text})))
    assert [(said, EVIDENCE)] == fails(verdicts)
    assert [("fail", said, EVIDENCE)] == at(verdicts, place)
    assert 3 == sum(one.outcome == "pass" for one in verdicts)


def test_one_changed_field_is_found_in_every_output_that_has_it() -> None:
    """The set moved on, and nothing was generated: schemas, documents and reference are blamed."""
    changed = replace(BANK, endpoints=(replace(BANK.endpoints[0], response=Paid),))
    system = replace(SYSTEM, services=(SHOP, changed))
    verdicts = list(RULE.judge(system, publishing(SYSTEM)))
    assert {"schemas", "documents", "api.md"} == {
        one.place.aspect for one in verdicts if one.outcome == "fail"
    }
    ((said, _),) = [one for one in fails(verdicts) if "schemas/" in one[0]]
    assert (
        "schemas/bank/Order.schema.json is left over: nothing generates it any more, "
        "and 3 more files are out of date"
    ) == said


def test_unproven_where_nothing_is_published() -> None:
    """Without the table there is nothing that could be out of date."""
    (verdict,) = RULE.judge(SYSTEM, make_record())
    assert ("unproven", "the subject file has no table [published]") == (
        verdict.outcome,
        verdict.said,
    )


def test_unproven_where_the_set_cannot_be_published_there() -> None:
    """A record of a project that had one more service says nothing of this set."""
    record = publishing(SYSTEM, places=Places(typescript=(("bank", "bank.ts"),)))
    (verdict,) = RULE.judge(System("alone", ()), record)
    assert "unproven" == verdict.outcome
    assert (
        "the contract set cannot be published there: the place 'bank.ts' is 'bank'" == verdict.said
    )
