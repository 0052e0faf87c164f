"""RSP001 on contract sets made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.contract import Dependency, Entity
from seamwright.judge.rules.responsibility import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.records import SYSTEM, at, fails, make_record

if TYPE_CHECKING:
    from seamwright.contract import System

SHOP, BANK = SYSTEM.services
NONE: frozenset[str] = frozenset()
BOTH = frozenset({"shop", "bank"})
STORED = replace(
    SYSTEM,
    dependencies=(*SYSTEM.dependencies, Dependency("store", "Store", stores=True)),
    entities=(Entity("orders", "store", NONE, frozenset({"shop"})),),
)
PASS = [("pass", "", (CONTRACT,))]


def _saying(responsibility: str) -> System:
    return replace(STORED, services=(SHOP, replace(BANK, responsibility=responsibility)))


def _owned(entity: Entity) -> System:
    return replace(STORED, entities=(entity,))


def test_passes_with_a_sentence_and_an_entity_of_its_own() -> None:
    """Both services and the entity pass, with the contract set as evidence."""
    verdicts = list(RULE.judge(STORED, make_record()))
    for where in ("shop", "bank", "orders"):
        assert PASS == at(verdicts, where)
    assert 3 == len(verdicts)


@pytest.mark.parametrize(
    ("responsibility", "said"),
    [
        (" ", "the service does not say what it is for"),
        ("TODO", "the service does not say what it is for"),
        ("Pays. Sends mail.", "the service says in more than one sentence what it is for"),
        ("takes  ORDERS", "the service is for the same as 'shop', word for word"),
    ],
)
def test_fails_on_a_responsibility_that_is_none(responsibility: str, said: str) -> None:
    """A blank, a place holder, two sentences and another's words are told of the second service."""
    verdicts = list(RULE.judge(_saying(responsibility), make_record()))
    assert [(said, (CONTRACT,))] == fails(verdicts)
    assert [("fail", said, (CONTRACT,))] == at(verdicts, "bank")
    assert PASS == at(verdicts, "shop")


def test_fails_on_an_entity_with_two_writers() -> None:
    """Two services in the matrix write the same entity: one finding, about the entity."""
    verdicts = list(RULE.judge(_owned(Entity("orders", "store", NONE, BOTH)), make_record()))
    said = "'orders' is written by more than one service: shop, bank"
    assert [("fail", said, (CONTRACT,))] == at(verdicts, "orders")


def test_fails_on_an_endpoint_that_writes_another_services_entity() -> None:
    """An endpoint's own word counts as the matrix's does."""
    pay = replace(BANK.endpoints[0], writes=frozenset({"orders"}))
    system = replace(STORED, services=(SHOP, replace(BANK, endpoints=(pay,))))
    said = "'orders' is written by more than one service: shop, bank"
    assert [(said, (CONTRACT,))] == fails(RULE.judge(system, make_record()))


def test_who_asks_another_does_not_write_itself() -> None:
    """A writer that goes through another leaves the writing to it."""
    asked = Entity("orders", "store", NONE, BOTH, through=(("shop", "bank"),))
    assert PASS == at(RULE.judge(_owned(asked), make_record()), "orders")


def test_what_a_service_owns_it_alone_writes() -> None:
    """Other writers can only ask a service that owns the entity."""
    assert PASS == at(RULE.judge(_owned(Entity("o", "bank", NONE, BOTH)), make_record()), "o")


def test_an_entity_that_no_service_writes_is_left_alone() -> None:
    """What a box outside writes is nobody's overlap."""
    assert [] == at(RULE.judge(_owned(Entity("o", "post", BOTH, NONE)), make_record()), "o")


def test_unproven_where_several_services_name_no_data() -> None:
    """Without entities nothing shows that the work of two services does not overlap."""
    reason = "no data entity is declared, which would show where the services' work ends"
    verdicts = list(RULE.judge(SYSTEM, make_record()))
    assert [("unproven", reason, ())] == at(verdicts, "")[-1:]
    assert [] == fails(verdicts)


def test_a_single_service_needs_no_entities() -> None:
    """A service alone overlaps with nobody."""
    alone = replace(SYSTEM, services=(BANK,), edges=(), envelope=None)
    assert ["pass"] == [one.outcome.value for one in RULE.judge(alone, make_record())]
