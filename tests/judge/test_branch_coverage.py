"""Which branches of what it may answer an endpoint has shown."""

from __future__ import annotations

import json
from dataclasses import replace

from seamwright.contract import Answer
from seamwright.judge.branch_coverage import EndpointBranches, branch_coverage
from seamwright.record.observation import Exchange, Response
from tests.judge.records import (
    HEALTH,
    JSON,
    PLACE,
    READ,
    SYSTEM,
    HealthReport,
    answered,
    failure,
    make_record,
    success,
    unanswered,
)


def _of(endpoint: str, *exchanges: Exchange) -> EndpointBranches:
    found = branch_coverage(SYSTEM, make_record(*exchanges))
    (one,) = (one for one in found if (one.service, one.endpoint) == ("shop", endpoint))
    return one


def test_a_success_shows_branches_of_its_data() -> None:
    """Where the envelope says that it lies; a failure shows none of them."""
    one = _of(
        READ,
        answered("a", success({"id": "1", "total": 2})),
        answered("b", failure("NO_SUCH_ORDER"), status=404),
        unanswered("c"),
    )
    assert {"200", "200 /id", "200 /total", "200 /note left out"} == one.reached
    assert ("200 /note",) == one.missing
    both = _of(
        READ,
        answered("a", success({"id": "1", "total": 2})),
        answered("c", success({"id": "1", "total": 2, "note": "x"})),
        answered("d", success({"id": "1", "total": 2, "note": "x"})),
    )
    assert () == both.missing


def test_an_endpoint_that_nobody_asked_has_shown_nothing() -> None:
    """All of its branches are missing."""
    one = _of(PLACE)
    assert (frozenset[str](), one.declared) == (one.reached, one.missing)
    assert "201 /id" in one.declared


def test_data_that_is_not_where_it_should_be_shows_a_status() -> None:
    """And no more."""
    assert {"200"} == _of(READ, answered("a", {"id": "1"})).reached


def test_what_is_exempt_is_read_whole() -> None:
    """Its body is its data."""
    bare: dict[str, object] = {"status": "up", "dependencies": {}}
    one = _of(HEALTH, answered("a", bare, endpoint=HEALTH))
    assert {"200", "200 /status", "200 /dependencies"} == one.reached


def test_answers_beside_count_by_their_status() -> None:
    """With the branches of their bodies, where one is declared and can be read."""
    shop, *others = SYSTEM.services
    read, *rest = shop.endpoints
    answers = (Answer("4XX", "so", HealthReport), Answer("302", "there"))
    endpoints = (replace(read, answers=answers, response=None), *rest)
    system = replace(SYSTEM, services=(replace(shop, endpoints=endpoints), *others))
    seen = answered("a", {"status": "down"}, status=418)
    assert seen.response is not None

    def reached(*exchanges: Exchange) -> frozenset[str]:
        return branch_coverage(system, make_record(*exchanges))[0].reached

    found = branch_coverage(system, make_record(seen))[0]
    assert ("200", "4XX", "4XX /status", "4XX /dependencies", "302") == found.declared
    assert {"4XX", "4XX /status"} == found.reached
    for body, cut in ((b"no JSON", False), (b"{", True), (b"", False)):
        response = Response(418, JSON, body, cut)
        assert {"4XX"} == reached(replace(seen, response=response))
    assert {"4XX", "302"} == reached(seen, replace(seen, response=Response(302, (), b""))) - {
        "4XX /status"
    }
    assert frozenset() == reached(replace(seen, response=Response(500, JSON, b"{}")))


def test_a_long_record_costs_no_more() -> None:
    """After so many answers with one status of one endpoint the rest is not looked into."""
    same = answered("a", success({"id": "1", "total": 2}))
    assert same.response is not None
    last = replace(same, id="z", began_s=9_999.0)
    body = json.dumps(success({"id": "1", "total": 2, "note": "x"})).encode()
    last = replace(last, response=replace(same.response, body=body))
    many = [replace(same, id=f"a{number}") for number in range(2_000)]
    assert "200 /note" not in _of(READ, *many, last).reached
    assert "200 /note" in _of(READ, *many[1:], last).reached
