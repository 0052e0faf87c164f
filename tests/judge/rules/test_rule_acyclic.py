"""EDG001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

from seamwright.contract import Edge, Mode, Protocol
from seamwright.judge.rules.acyclic import RULE
from seamwright.judge.verdict import CONTRACT
from seamwright.record.observation import Unseen
from tests.judge.records import SYSTEM, at, called, fails, make_record


def _edge(caller: str, callee: str) -> Edge:
    return Edge(caller, callee, Protocol.HTTP, Mode.SYNC, "a reason", 100)


def test_passes_when_the_edges_were_seen_and_have_no_circle() -> None:
    """Edges between services without a circle pass, with the calls as evidence."""
    verdicts = list(RULE.judge(SYSTEM, make_record(called("c"), called("d"))))
    assert [("pass", "", ("c", "d"))] == [
        (one.outcome.value, one.said, one.evidence) for one in verdicts
    ]


def test_passes_where_services_do_not_call_each_other() -> None:
    """A system without edges between services cannot have a circle; its contract set shows it."""
    verdicts = list(
        RULE.judge(
            replace(
                SYSTEM,
                edges=SYSTEM.edges[1:],
                services=(replace(SYSTEM.services[0], endpoints=SYSTEM.services[0].endpoints[:1]),),
                envelope=None,
            ),
            make_record(),
        )
    )
    assert [("pass", (CONTRACT,))] == [(one.outcome.value, one.evidence) for one in verdicts]


def test_fails_on_a_circle() -> None:
    """A circle is told from the service that the contract names first."""
    system = replace(SYSTEM, edges=(*SYSTEM.edges, _edge("bank", "shop")))
    said = "services call each other in a circle: shop → bank → shop"
    assert [(said, (CONTRACT,))] == fails(RULE.judge(system, make_record(called("c"))))


def test_fails_on_a_service_that_calls_itself() -> None:
    """An edge from a service to itself is the smallest circle."""
    system = replace(SYSTEM, edges=(*SYSTEM.edges, _edge("bank", "bank")))
    said = "services call each other in a circle: bank → bank"
    assert [(said, (CONTRACT,))] == fails(RULE.judge(system, make_record()))


def test_unproven_where_an_edge_was_not_seen() -> None:
    """An edge on which nothing was seen leaves the question open, with the reason."""
    verdicts = RULE.judge(SYSTEM, make_record())
    assert [("unproven", "nothing was seen on shop→bank", ())] == at(verdicts, "shop→bank")
    verdicts = RULE.judge(SYSTEM, make_record(Unseen("shop→bank", "runs already")))
    assert [("unproven", "runs already", ())] == at(verdicts, "shop→bank")
