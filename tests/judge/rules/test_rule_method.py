"""MTH001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.judge.rules.method import RULE
from seamwright.record.observation import Exchange, Purpose
from tests.judge.records import HEALTH, PLACE, SYSTEM, answered, fails, failure, make_record

if TYPE_CHECKING:
    from seamwright.record.load import Record

ALLOW = (("allow", "POST, HEAD"),)


def _shop(record: Record) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is said of the service that was driven."""
    return [
        (one.outcome.value, one.said, one.evidence)
        for one in RULE.judge(SYSTEM, record)
        if one.place.service == "shop"
    ]


def _misused(one: Exchange) -> Exchange:
    assert one.case is not None
    return replace(one, case=replace(one.case, purpose=Purpose.MISUSE, valid=False))


def _sent(
    id_: str, method: str, status: int, headers: tuple[tuple[str, str], ...] = ()
) -> Exchange:
    one = answered(
        id_,
        failure("ANY"),
        status=status,
        endpoint=None,
        method=method,
        target="/orders",
        headers=headers,
    )
    return _misused(one)


GOOD = answered("g", {}, endpoint=PLACE)


def test_passes_when_a_wrong_method_is_refused_with_the_right_ones() -> None:
    """The refusal is evidence."""
    record = make_record(GOOD, _sent("a", "PUT", 405, ALLOW))
    assert [("pass", "", ("a",))] == _shop(record)


@pytest.mark.parametrize(
    ("method", "status", "headers", "said"),
    [
        ("PUT", 405, (), "PUT: 405 without the header Allow"),
        ("PUT", 405, (("allow", "GET"),), "PUT: 405 whose Allow leaves out POST"),
        ("PUT", 200, (), "PUT: a method that the path does not have is answered with 200, not 405"),
        ("PUT", 404, (), "PUT: a method that the path does not have is answered with 404, not 405"),
        ("OPTIONS", 500, (), "OPTIONS: what the path knows is asked, and 500 answered"),
    ],
)
def test_fails_when_it_is_answered_otherwise(
    method: str, status: int, headers: tuple[tuple[str, str], ...], said: str
) -> None:
    """Each in its own words."""
    record = make_record(GOOD, _sent("a", method, status, headers))
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, record))


@pytest.mark.parametrize(
    ("method", "status"), [("OPTIONS", 204), ("BREW", 501), ("PUT", 401), ("PUT", 429)]
)
def test_other_refusals_decide_nothing(method: str, status: int) -> None:
    """No credential, too many requests, a method that nobody knows."""
    record = make_record(GOOD, _sent("a", method, status))
    assert [("unproven", "no method was refused with 405", ())] == _shop(record)


def test_a_path_that_no_method_finds_is_switched_off() -> None:
    """It has no methods that could be named."""
    lost = answered("g", failure("ANY"), status=404, endpoint=PLACE)
    assert [] == fails(RULE.judge(SYSTEM, make_record(lost, _sent("a", "PUT", 404))))
    assert [] == fails(RULE.judge(SYSTEM, make_record(_sent("a", "PUT", 404))))


def test_a_head_is_as_a_get() -> None:
    """Its status, its content type, and no body."""
    get = _misused(answered("g", {"a": 1}, endpoint=HEALTH))
    assert get.request is not None
    assert get.response is not None
    request = replace(get.request, method="HEAD")
    bare = replace(get.response, body=b"")
    head = replace(get, id="h", request=request, response=bare)
    assert [] == fails(RULE.judge(SYSTEM, make_record(get, head)))
    with_body = replace(head, response=get.response)
    assert [("HEAD is answered with a body", ("h",))] == fails(
        RULE.judge(SYSTEM, make_record(get, with_body))
    )
    other = replace(head, response=replace(bare, status=404))
    assert [("HEAD is answered with 404, GET with 200", ("h", "g"))] == fails(
        RULE.judge(SYSTEM, make_record(get, other))
    )
