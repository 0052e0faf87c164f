"""OWN001 on contract sets made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from seamwright.contract import Dependency, Edge, Entity, Mode, Protocol
from seamwright.judge.rules.ownership import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.records import PLACE, READ, SYSTEM, at, fails, make_record

if TYPE_CHECKING:
    from seamwright.contract import Endpoint, System

SHOP, BANK = SYSTEM.services
NONE: frozenset[str] = frozenset()
ONLY_SHOP, ONLY_BANK = frozenset({"shop"}), frozenset({"bank"})
ORDERS = frozenset({"orders"})
OWNED = Entity("orders", "store", readers=ONLY_SHOP, writers=ONLY_SHOP)
PASS = [("pass", "", (CONTRACT,))]


def _edge(caller: str, callee: str) -> Edge:
    return Edge(caller, callee, Protocol.TCP, Mode.SYNC, "a reason", 100)


def _system(
    *entities: Entity,
    shop: tuple[Endpoint, ...] = (
        replace(SHOP.endpoints[0], reads=ORDERS),
        replace(SHOP.endpoints[1], writes=ORDERS),
    ),
    bank: tuple[Endpoint, ...] = BANK.endpoints,
    edges: tuple[Edge, ...] = (_edge("shop", "store"),),
) -> System:
    """The trade with a store that the shop keeps its orders in."""
    return replace(
        SYSTEM,
        services=(replace(SHOP, endpoints=shop, health=None), replace(BANK, endpoints=bank)),
        dependencies=(*SYSTEM.dependencies, Dependency("store", "Store", stores=True)),
        edges=(*SYSTEM.edges, *edges),
        entities=entities,
        envelope=None,
    )


def _bank(number: int = 1, **access: Any) -> tuple[Endpoint, ...]:
    pay = BANK.endpoints[0]
    return tuple(replace(pay, path=f"/pay{one}", **access) for one in range(number))


def test_passes_where_the_matrix_lets_everybody() -> None:
    """The entity and the endpoints that touch it pass; those that touch none are left out."""
    verdicts = list(RULE.judge(_system(OWNED), make_record()))
    assert 3 == len(verdicts)
    for where in ("orders", READ, PLACE):
        assert PASS == at(verdicts, where)


def test_unproven_without_entities() -> None:
    """A set that says nothing of its data is not judged."""
    reason = "the contract set declares no data entities"
    verdicts = [(one.outcome.value, one.said) for one in RULE.judge(SYSTEM, make_record())]
    assert [("unproven", reason)] == verdicts


def test_unproven_where_no_endpoint_touches_an_entity() -> None:
    """An entity that no endpoint names is owned by word only."""
    other = replace(OWNED, name="carts")
    reason = "no endpoint says that it reads or writes 'carts'"
    verdicts = list(RULE.judge(_system(OWNED, other), make_record()))
    assert [("unproven", reason, ())] == at(verdicts, "carts")
    assert [] == fails(verdicts)


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (
            replace(OWNED, through=(("bank", "shop"),)),
            [
                "bank asks shop for 'orders', and may neither read nor write it",
                "bank asks shop for 'orders', and no edge leads there",
            ],
        ),
        (
            replace(OWNED, readers=ONLY_SHOP | ONLY_BANK, through=(("bank", "shop"),)),
            ["bank asks shop for 'orders', and no edge leads there"],
        ),
        (
            replace(OWNED, readers=ONLY_SHOP | ONLY_BANK),
            ["bank reaches 'orders' directly, and has no edge to its owner store"],
        ),
        (
            Entity("orders", "store", ONLY_SHOP, ONLY_SHOP, through=(("shop", "bank"),)),
            ["bank reaches 'orders' directly, and has no edge to its owner store"],
        ),
        (
            replace(OWNED, through=(("shop", "bank"), ("bank", "shop"))),
            [
                "bank asks shop for 'orders', and no edge leads there",
                "whom bank asks for 'orders' asks others, in a circle",
                "whom shop asks for 'orders' asks others, in a circle",
            ],
        ),
    ],
)
def test_fails_on_a_row_that_does_not_hold_together(entity: Entity, said: list[str]) -> None:
    """What a row lacks is told of the entity, each fault in one sentence."""
    verdicts = list(RULE.judge(_system(entity), make_record()))
    assert [("fail", one, (CONTRACT,)) for one in said] == at(verdicts, "orders")
    assert said == [one for one, _ in fails(verdicts)]


@pytest.mark.parametrize("owner", ["store", "shop"])
def test_fails_on_an_entity_that_nobody_writes(owner: str) -> None:
    """Neither the matrix nor an endpoint says who writes what one of our boxes keeps."""
    shop = (replace(SHOP.endpoints[0], reads=ORDERS),)
    system = _system(Entity("orders", owner, ONLY_SHOP, NONE), shop=shop)
    assert [("nobody writes 'orders'", (CONTRACT,))] == fails(RULE.judge(system, make_record()))


def test_who_writes_unasked_is_one_finding() -> None:
    """Where an endpoint writes what the matrix lets nobody write, the endpoint is blamed alone."""
    said = "shop may not write 'orders', and POST /orders does"
    verdicts = RULE.judge(_system(replace(OWNED, writers=NONE)), make_record())
    assert [(said, (CONTRACT,))] == fails(verdicts)


def test_a_box_outside_writes_what_it_owns() -> None:
    """Data of somebody else's service needs no writer among ours, and boxes there no edges."""
    entity = Entity("orders", "post", ONLY_SHOP | {"store"}, NONE)
    shop = (replace(SHOP.endpoints[0], reads=ORDERS),)
    assert PASS == at(RULE.judge(_system(entity, shop=shop), make_record()), "orders")


@pytest.mark.parametrize(
    ("entity", "bank"),
    [
        (replace(OWNED, owner="bank"), _bank(reads=ORDERS, writes=ORDERS)),
        (
            replace(OWNED, through=(("shop", "bank"),)),
            _bank(reads=ORDERS, writes=ORDERS),
        ),
        (replace(OWNED, readers=ONLY_BANK), _bank(reads=ORDERS)),
    ],
    ids=["owner", "asked", "reader"],
)
def test_owners_and_those_who_are_asked_may_act(entity: Entity, bank: tuple[Endpoint, ...]) -> None:
    """An owner, whom an entitled box asks, and a reader may do what their endpoints say."""
    edges = (_edge("shop", "store"), _edge("bank", "store"))
    shop = (replace(SHOP.endpoints[1], writes=ORDERS),)
    verdicts = RULE.judge(_system(entity, shop=shop, bank=bank, edges=edges), make_record())
    assert [] == fails(verdicts)


@pytest.mark.parametrize("verb", ["read", "write"])
def test_fails_on_an_endpoint_that_may_not(verb: str) -> None:
    """A foreign access is told of the endpoint; a writer is no reader, and the other way round."""
    bank = _bank(1, **{f"{verb}s": ORDERS})
    other = {"read": "writers", "write": "readers"}[verb]
    entity = replace(OWNED, **{other: ONLY_SHOP | ONLY_BANK})
    edges = (_edge("shop", "store"), _edge("bank", "store"))
    verdicts = list(RULE.judge(_system(entity, bank=bank, edges=edges), make_record()))
    said = f"bank may not {verb} 'orders', and POST /pay0 does"
    assert [("fail", said, (CONTRACT,))] == at(verdicts, "POST /pay0")
    assert [said] == [one for one, _ in fails(verdicts)]


def test_the_same_access_of_many_endpoints_is_one_finding() -> None:
    """The service is blamed once, with the number of endpoints and the first of them."""
    bank = _bank(7, writes=ORDERS)
    said = "bank may not write 'orders', and 7 of its endpoints do: POST /pay0 is the first"
    verdicts = list(RULE.judge(_system(OWNED, bank=bank), make_record()))
    assert [(said, (CONTRACT,))] == fails(verdicts)
