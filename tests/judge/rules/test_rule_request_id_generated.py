"""RID002 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Envelope, Form, Member, Role
from seamwright.judge.rules.request_id_generated import RULE
from seamwright.record.observation import Exchange, Unseen
from tests.judge.records import (
    HEALTH,
    READ,
    SYSTEM,
    answered,
    at,
    fails,
    failure,
    make_record,
    success,
    unanswered,
)


def _fresh(id_: str, given: str | None, body: object = None, **more: object) -> Exchange:
    """An answer to a request without an ID, which got `given`."""
    headers = (("x-trace", given),) if given is not None else ()
    told = success(trace=given) if body is None else body
    return answered(id_, told, headers=headers, sent=None, **more)  # pyright: ignore[reportArgumentType] - handed on


def test_passes_when_each_request_got_its_own() -> None:
    """A service passes when all answers have well-formed IDs, and no two the same."""
    record = make_record(
        _fresh("a", "x1"),
        _fresh("b", "x2", failure("NO_SUCH_ROUTE", trace="x2"), endpoint=None, status=404),
        _fresh("c", "x3", {"status": "healthy"}, endpoint=HEALTH),
        _fresh("d", "x4", b"", method="HEAD"),
        _fresh("e", "x5", b"<html>", status=500),
    )
    expected = [("pass", "", ("a", "d", "e", "c", "b"))]
    assert expected == at(RULE.judge(SYSTEM, record), "shop")


def test_passes_by_the_header_where_the_body_has_no_place_for_it() -> None:
    """Without an envelope, or with one that has no such member, the header decides."""
    bare = Envelope(Form((Member("", Role.DATA),)), Form((Member("/detail", Role.MESSAGE),)))
    record = make_record(_fresh("a", "x1", {"id": "o1", "total": 1}))
    for envelope in (None, bare):
        verdicts = RULE.judge(replace(SYSTEM, envelope=envelope), record)
        assert [("pass", "", ("a",))] == at(verdicts, "shop")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (_fresh("a", None, {}), "the answer has no x-trace"),
        (_fresh("a", "not well formed"), "the answer's x-trace is not well-formed"),
        (_fresh("a", "x1", success(trace="x2")), "the body has another request ID than x-trace"),
    ],
)
def test_fails_without_a_fresh_id(one: Exchange, said: str) -> None:
    """No ID, a malformed one, and one that the body contradicts are fails of the endpoint."""
    verdicts = list(RULE.judge(SYSTEM, make_record(one)))
    assert [("fail", said, ("a",))] == at(verdicts, READ)
    assert [] == at(verdicts, "shop")


def test_fails_when_one_id_is_given_twice() -> None:
    """An ID that several requests got ties nothing together."""
    record = make_record(_fresh("a", "x1"), _fresh("b", "x2"), _fresh("c", "x1"))
    expected = [("one request ID was given to several requests", ("a", "c"))]
    assert expected == fails(RULE.judge(SYSTEM, record))


def test_unproven_where_every_request_had_an_id() -> None:
    """Requests with an ID, and those without an answer, show nothing."""
    record = make_record(answered("a", success()), unanswered("b"))
    expected = [("unproven", "no request without an ID was answered", ())]
    assert expected == at(RULE.judge(SYSTEM, record), "shop")


def test_unproven_where_nothing_was_seen() -> None:
    """A service that could not be reached is unproven, with the reason."""
    verdicts = RULE.judge(SYSTEM, make_record(Unseen("shop", "no box")))
    assert [("unproven", "no box", ())] == at(verdicts, "shop")


def test_unproven_without_a_declared_id() -> None:
    """A contract without a request ID leaves every service open."""
    verdicts = RULE.judge(replace(SYSTEM, request_id=None), make_record())
    assert {"the contract declares no request ID"} == {one.said for one in verdicts}
