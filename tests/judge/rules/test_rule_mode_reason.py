"""MOD001 on contract sets made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.rules.mode_reason import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.records import PLACE, READ, SYSTEM, at, fails, make_record

SHOP, BANK = SYSTEM.services
FAULT = "does not say why it is synchronous or queued"


def test_passes_where_every_reason_says_something() -> None:
    """Each endpoint and each edge has its pass, with the contract set as evidence."""
    verdicts = list(RULE.judge(SYSTEM, make_record()))
    assert 6 == len(verdicts)
    assert {("pass", (CONTRACT,))} == {(one.outcome.value, one.evidence) for one in verdicts}
    assert [("pass", "", (CONTRACT,))] == at(verdicts, "shop→post")


@pytest.mark.parametrize("reason", ["", "  ", "TODO", "sync", "-"])
def test_fails_on_an_endpoint_without_a_reason(reason: str) -> None:
    """A blank or a place holder is told of the endpoint."""
    endpoints = (replace(SHOP.endpoints[0], mode_reason=reason), *SHOP.endpoints[1:])
    system = replace(SYSTEM, services=(replace(SHOP, endpoints=endpoints), BANK))
    verdicts = list(RULE.judge(system, make_record()))
    assert [("fail", f"the endpoint {READ} {FAULT}", (CONTRACT,))] == at(verdicts, READ)
    assert [("pass", "", (CONTRACT,))] == at(verdicts, PLACE)
    assert 1 == len(fails(verdicts))


def test_fails_on_an_edge_without_a_reason() -> None:
    """An edge that gives none is told by its name."""
    system = replace(SYSTEM, edges=(replace(SYSTEM.edges[0], reason=" "), SYSTEM.edges[1]))
    verdicts = list(RULE.judge(system, make_record()))
    assert [(f"the edge shop→bank {FAULT}", (CONTRACT,))] == fails(verdicts)


def test_a_service_that_gives_no_reason_at_all_is_one_finding() -> None:
    """Nobody reads the same sentence once an endpoint."""
    endpoints = tuple(replace(one, mode_reason="") for one in SHOP.endpoints)
    system = replace(SYSTEM, services=(replace(SHOP, endpoints=endpoints), BANK))
    verdicts = list(RULE.judge(system, make_record()))
    said = f"each of its 3 endpoints {FAULT}"
    assert [("fail", said, (CONTRACT,))] == at(verdicts, "shop")
    assert 1 == len(fails(verdicts))


def test_nothing_is_said_where_there_is_nothing() -> None:
    """A system without services gives no verdict, so its row stays unproven."""
    empty = replace(SYSTEM, services=(), edges=(), envelope=None)
    assert [] == list(RULE.judge(empty, make_record()))
