"""Each kind of contradiction is refused, and blamed by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from seamwright.contract import (
    ContractProblem,
    Edge,
    Endpoint,
    Entity,
    Envelope,
    ErrorCode,
    Exemption,
    Message,
    Mode,
    Protocol,
    Recovery,
    Requirement,
    System,
    Version,
)
from tests.judge.records import ENVELOPE, READ, SYSTEM, Order

SHOP, BANK = SYSTEM.services


class _ById(Message):
    id: str


def _edge(caller: str, callee: str, deadline_ms: int = 1) -> Edge:
    return Edge(caller, callee, Protocol.HTTP, Mode.SYNC, "a reason", deadline_ms)


def _with(endpoint: Endpoint) -> dict[str, Any]:
    return {"services": (SHOP, replace(BANK, endpoints=(endpoint,)))}


PAY = BANK.endpoints[0]
ROW = Recovery("r.a", "a", "b", "c", ("shop→gone",), 1, 1)
GONE = frozenset({"gone"})

CASES: list[tuple[dict[str, Any], str]] = [
    ({"services": (SHOP, BANK, BANK)}, "box 'bank' is declared 2 times"),
    ({"services": (SHOP, replace(BANK, name="post"))}, "box 'post' is declared 2 times"),
    ({"edges": (*SYSTEM.edges, SYSTEM.edges[0])}, "edge 'shop→bank' is declared 2 times"),
    ({"errors": (*SYSTEM.errors, SYSTEM.errors[0])}, "error code 'NO_SUCH_ROUTE' is declared 2"),
    (
        {"entities": (Entity("orders", "shop", frozenset(), frozenset()),) * 2},
        "entity 'orders' is declared 2 times",
    ),
    ({"checklist": (Requirement("a.b", "x"),) * 2}, "row 'a.b' is declared 2 times"),
    (
        {"checklist": (Requirement("r.a", "x"),), "recovery": (replace(ROW, edges=()),)},
        "row 'r.a' is declared 2 times",
    ),
    (
        {"services": (SHOP, replace(BANK, endpoints=(PAY, PAY)))},
        "endpoint of bank 'POST /pay' is declared 2 times",
    ),
    (
        {
            "services": (
                replace(
                    SHOP,
                    endpoints=(
                        *SHOP.endpoints,
                        Endpoint("GET", "/orders/{order}", "Again.", Order, "short"),
                    ),
                ),
                BANK,
            )
        },
        "endpoint of shop 'GET /orders/{}' is declared 2 times",
    ),
    (
        {"edges": (*SYSTEM.edges, _edge("gone", "bank"))},
        "edge gone→bank names the unknown service 'gone'",
    ),
    (
        {"edges": (*SYSTEM.edges, _edge("post", "bank"))},
        "edge post→bank names the unknown service 'post'",
    ),
    (
        {"edges": (*SYSTEM.edges, _edge("bank", "gone"))},
        "edge bank→gone names the unknown box 'gone'",
    ),
    ({"edges": (*SYSTEM.edges, _edge("bank", "post", 0))}, "edge bank→post has a deadline of 0 ms"),
    (
        {"entities": (Entity("a", "x", frozenset({"y"}), frozenset({"z"}), (("v", "w"),)),)},
        "; ".join(f"entity a names the unknown box '{one}'" for one in "vwxyz"),
    ),
    ({"everywhere": ("GONE",)}, "the list for every endpoint names the unknown error code 'GONE'"),
    (
        {"version": Version("x-version", "1", "GONE")},
        "the version names the unknown error code 'GONE'",
    ),
    (
        {"errors": (*SYSTEM.errors, ErrorCode("FINE", 200, retryable=False, meaning="x"))},
        "error code FINE has the status 200, which is no error",
    ),
    ({"recovery": (ROW,)}, "row r.a names the unknown edge 'shop→gone'"),
    ({"failure_modes": (ROW,)}, "row r.a names the unknown edge 'shop→gone'"),
    (
        {
            "envelope": Envelope(
                ENVELOPE.success, ENVELOPE.failure, (Exemption("gone", READ, "", ""),)
            )
        },
        "the envelope exempts gone GET /orders/{id}, which does not exist",
    ),
    (
        {
            "envelope": Envelope(
                ENVELOPE.success, ENVELOPE.failure, (Exemption("bank", READ, "", ""),)
            )
        },
        "the envelope exempts bank GET /orders/{id}, which does not exist",
    ),
    (_with(replace(PAY, errors=("GONE",))), "bank POST /pay names the unknown error code 'GONE'"),
    (_with(replace(PAY, reads=GONE)), "bank POST /pay names the unknown entity 'gone'"),
    (_with(replace(PAY, writes=GONE)), "bank POST /pay names the unknown entity 'gone'"),
    (_with(replace(PAY, credentials=("gone",))), "bank POST /pay names the unknown credential"),
    (_with(replace(PAY, calls=frozenset({"post"}))), "bank POST /pay names the unknown edge to"),
    (_with(replace(PAY, path_values=_ById)), "the unknown path parameter 'id'"),
]


@pytest.mark.parametrize(("changes", "blamed"), CASES, ids=[said for _, said in CASES])
def test_a_contradiction_is_refused_by_name(changes: dict[str, Any], blamed: str) -> None:
    """What leads nowhere, is there twice or cannot be is told in one sentence."""
    with pytest.raises(ContractProblem) as caught:
        replace(SYSTEM, **changes)
    assert blamed in caught.value.seen
    assert "contract set of 'trade'" == caught.value.where


def test_every_contradiction_is_told_at_once() -> None:
    """Who mends a contract set sees all of it, not one thing at a time."""
    with pytest.raises(ContractProblem) as caught:
        replace(SYSTEM, everywhere=("GONE",), edges=(*SYSTEM.edges, _edge("bank", "post", -1)))
    assert 2 == len(caught.value.seen.split("; "))


def test_names_lead_to_parts() -> None:
    """A system finds its parts by name, and says None where there is none."""
    found = [
        SYSTEM.service("bank"),
        SYSTEM.edge("shop→bank"),
        SYSTEM.credential("buyer"),
        SYSTEM.error("BANK_DOWN"),
    ]
    assert [BANK, SYSTEM.edges[0], SYSTEM.credentials[0], SYSTEM.errors[-1]] == found
    missing = [
        one("gone") for one in (SYSTEM.service, SYSTEM.edge, SYSTEM.credential, SYSTEM.error)
    ]
    assert [None] * 4 == missing


def test_a_system_needs_little() -> None:
    """A name and no services at all is a contract set already."""
    assert () == System(name="empty", services=()).edges
