"""MTH001 on misuse made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.rules.method import RULE
from tests.judge.records import HEALTH, READ, SYSTEM, at, fails, make_record
from tests.judge.rules.misuses import misused, nothing_asked

ALLOW = (("allow", "HEAD, get"),)
JSON = (("content-type", "application/json"),)
SERVED = misused("s", "GET /health", 200, endpoint=HEALTH)
TEXT = (("content-type", "text/plain"),)


def test_passes_405_with_all_methods_that_there_are() -> None:
    """In any case and order, HEAD and OPTIONS beside them or not."""
    record = make_record(misused("a", "PUT /health", 405, headers=ALLOW))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), "shop")


@pytest.mark.parametrize(
    ("asked", "status", "headers", "said"),
    [
        (
            "PUT /health",
            404,
            (),
            "PUT: a method that the path does not have is answered with 404, not 405",
        ),
        (
            "PUT /orders/o1",
            200,
            (),
            "PUT: a method that the path does not have is answered with 200, not 405",
        ),
        ("BREW /health", 405, (), "BREW: 405 without the header Allow"),
        ("PUT /health", 405, (("allow", ""),), "PUT: 405 whose Allow leaves out GET"),
        (
            "OPTIONS /health",
            500,
            (),
            "OPTIONS: what the path knows is asked, and 500 answered",
        ),
    ],
)
def test_fails_what_hides_the_methods(
    asked: str, status: int, headers: tuple[tuple[str, str], ...], said: str
) -> None:
    """Each fault is told of the path, and a pass elsewhere does not make up for it."""
    fine = misused("b", "PUT /health", 405, headers=ALLOW)
    wrong = misused("a", asked, status, headers=headers)
    verdicts = list(RULE.judge(SYSTEM, make_record(SERVED, wrong, fine)))
    assert [(said, ("a",))] == fails(verdicts)
    assert [] == [one for one in verdicts if one.outcome.value == "pass"]


@pytest.mark.parametrize(
    ("allow", "said"),
    [
        ("GET", []),
        ("POST", []),
        ("PATCH", [("PUT: 405 whose Allow leaves out GET", ("a",))]),
    ],
)
def test_where_two_paths_match_either_may_be_meant(
    allow: str, said: list[tuple[str, tuple[str, ...]]]
) -> None:
    """A template and a path of its own: frameworks differ on whose methods there are."""
    shop, *rest = SYSTEM.services
    count = replace(shop.endpoints[1], method="POST", path="/orders/count")
    shop = replace(shop, endpoints=(*shop.endpoints, count))
    system = replace(SYSTEM, services=(shop, *rest))
    one = misused("a", "PUT /orders/count", 405, headers=(("allow", allow),))
    assert said == fails(RULE.judge(system, make_record(one)))


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("PUT /orders/o1", 404),
        ("PUT /health", 401),
        ("PUT /health", 429),
        ("PUT /health", 501),
        ("PUT /health", 301),
        ("BREW /health", 400),
        ("OPTIONS /health", 204),
        ("OPTIONS /health", 501),
        ("PUT /no/such/route", 200),
        ("GET /health", 404),
    ],
)
def test_says_nothing_of_other_refusals(asked: str, status: int) -> None:
    """What is refused for another reason, or by a thing that is not there, decides nothing."""
    verdicts = RULE.judge(SYSTEM, make_record(misused("a", asked, status)))
    assert [("unproven", "no method was refused with 405", ())] == at(verdicts, "shop")


def test_a_path_that_no_method_finds_is_switched_off() -> None:
    """It has no methods that could be named."""
    lost = misused("s", "GET /health", 404, endpoint=HEALTH)
    wrong = misused("a", "PUT /health", 404)
    assert [] == fails(RULE.judge(SYSTEM, make_record(lost, wrong)))
    assert [] == fails(RULE.judge(SYSTEM, make_record(wrong)))


def test_what_is_no_request_on_a_route_decides_nothing() -> None:
    """An endpoint's own request is no wrong method, and bytes without a request are none."""
    record = make_record(
        misused("a", "PUT /health", 404, endpoint=HEALTH),
        nothing_asked(misused("b", "PUT /health", 404)),
    )
    assert [] == fails(RULE.judge(SYSTEM, record))


def test_fails_a_head_that_is_not_as_get() -> None:
    """Status, content type and the body are compared, on the same target."""
    record = make_record(
        misused("a", "GET /orders/o1", 200, endpoint=READ, headers=JSON),
        misused("b", "HEAD /orders/o1", 405, endpoint=READ),
        misused("c", "HEAD /orders/o1", 200, endpoint=READ, headers=TEXT),
        misused("d", "HEAD /orders/o1", 200, endpoint=READ, headers=JSON, body=b"{}"),
    )
    assert [
        ("HEAD is answered with 405, GET with 200", ("b", "a")),
        ("HEAD tells another content type than GET", ("c", "a")),
        ("HEAD is answered with a body", ("d",)),
    ] == fails(RULE.judge(SYSTEM, record))


def test_a_head_that_cannot_be_compared_decides_nothing() -> None:
    """No GET of the same, too many requests, something down: the moment may have been another."""
    record = make_record(
        misused("a", "GET /orders/o1", 200, endpoint=READ, headers=JSON),
        misused("b", "HEAD /orders/o1", 429, endpoint=READ),
        misused("c", "HEAD /orders/o1", 503, endpoint=READ),
        misused("d", "HEAD /orders/o1", 200, endpoint=READ),
        misused("e", "HEAD /orders/o2", 404, endpoint=READ),
        misused("f", "GET /orders/o2", 503, endpoint=READ),
        nothing_asked(misused("g", "GET /orders/o2", 200, endpoint=READ)),
    )
    assert [] == fails(RULE.judge(SYSTEM, record))
