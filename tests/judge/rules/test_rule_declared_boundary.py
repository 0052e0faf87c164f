"""BND001 on contract sets made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.contract import Dependency, Edge, Entity, Mode, Protocol
from seamwright.judge.rules.declared_boundary import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.records import SYSTEM, at, fails, make_record

if TYPE_CHECKING:
    from seamwright.contract import System

NONE: frozenset[str] = frozenset()
SHOP, BANK = frozenset({"shop"}), frozenset({"bank"})
PASS = [("pass", "", (CONTRACT,))]


def _stored(*entities: Entity) -> System:
    """The trade with a store that both services have an edge to."""
    to_store = [
        Edge(caller, "store", Protocol.TCP, Mode.SYNC, "it keeps orders", 100)
        for caller in ("shop", "bank")
    ]
    return replace(
        SYSTEM,
        dependencies=(*SYSTEM.dependencies, Dependency("store", "Store", stores=True)),
        edges=(*SYSTEM.edges, *to_store),
        entities=entities,
    )


def test_passes_on_http_between_services() -> None:
    """An edge between services passes; one to a dependency that is no store is left out."""
    verdicts = list(RULE.judge(SYSTEM, make_record()))
    assert PASS == at(verdicts, "shop→bank")
    assert 1 == len(verdicts)


def test_fails_on_another_protocol_between_services() -> None:
    """Services that do not speak HTTP with each other are told by the edge."""
    edges = (replace(SYSTEM.edges[0], protocol=Protocol.TCP), SYSTEM.edges[1])
    verdicts = list(RULE.judge(replace(SYSTEM, edges=edges), make_record()))
    said = "shop and bank speak tcp, not HTTP"
    assert [("fail", said, (CONTRACT,))] == at(verdicts, "shop→bank")


@pytest.mark.parametrize(
    "entity",
    [
        Entity("orders", "store", SHOP | BANK, SHOP),
        Entity("orders", "store", SHOP, BANK),
        Entity("orders", "store", SHOP, SHOP | {"post"}, (("post", "bank"),)),
    ],
    ids=["readers", "writer", "asked"],
)
def test_passes_on_a_store_with_data_of_its_caller(entity: Entity) -> None:
    """Who may read or write an entity, or is asked for it, may reach its store."""
    verdicts = list(RULE.judge(_stored(entity), make_record()))
    assert PASS == at(verdicts, "shop→store")
    assert PASS == at(verdicts, "bank→store")


@pytest.mark.parametrize(
    "entity",
    [
        Entity("orders", "store", SHOP, SHOP),
        Entity("orders", "store", SHOP | BANK, SHOP, (("bank", "shop"),)),
    ],
    ids=["stranger", "through"],
)
def test_fails_on_a_store_with_nothing_of_its_caller(entity: Entity) -> None:
    """Who may not touch any entity there, or asks another for it, has no business in the store."""
    verdicts = list(RULE.judge(_stored(entity), make_record()))
    said = "bank reaches store, of whose data it may neither read nor write any"
    assert [(said, (CONTRACT,))] == fails(verdicts)
    assert [("fail", said, (CONTRACT,))] == at(verdicts, "bank→store")
    assert PASS == at(verdicts, "shop→store")


def test_one_entity_opens_the_store() -> None:
    """A store with foreign entities is open to whom one of its entities is."""
    entities = (Entity("orders", "store", SHOP, SHOP), Entity("bills", "store", NONE, BANK))
    assert [] == fails(RULE.judge(_stored(*entities), make_record()))


def test_unproven_where_nothing_is_said_of_the_store() -> None:
    """A store of which no entity is declared may be anybody's."""
    verdicts = list(RULE.judge(_stored(), make_record()))
    reason = "no data entity is declared that store holds"
    assert [("unproven", reason, ())] == at(verdicts, "bank→store")
    assert [] == fails(verdicts)


def test_unproven_where_no_edge_is_judged() -> None:
    """A system in which nothing could cross a boundary proves nothing about them."""
    shop = replace(SYSTEM.services[0], endpoints=SYSTEM.services[0].endpoints[:1])
    alone = replace(SYSTEM, services=(shop,), edges=SYSTEM.edges[1:], envelope=None)
    verdicts = [(one.outcome.value, one.said) for one in RULE.judge(alone, make_record())]
    assert [("unproven", "no edge leads to a service or to a store")] == verdicts
