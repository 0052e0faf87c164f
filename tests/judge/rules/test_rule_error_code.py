"""ERR001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Answer, Envelope, Form, Member, Role
from seamwright.judge.rules.error_code import RULE
from seamwright.record.observation import Unseen
from tests.judge.records import (
    HEALTH,
    PLACE,
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


def test_passes_when_every_code_is_declared() -> None:
    """Own codes, codes that any endpoint may answer, and the success's status are declared."""
    record = make_record(
        answered("a", success(), endpoint=PLACE, status=201),
        answered("b", failure("BANK_DOWN", again=True), endpoint=PLACE, status=503),
        answered("c", failure("NO_SUCH_VERSION"), endpoint=PLACE, status=400),
    )
    assert [("pass", "", ("b", "c"))] == at(RULE.judge(SYSTEM, record), PLACE)


def test_passes_an_unknown_route_with_a_code_for_all() -> None:
    """A route that no contract has answers with what any endpoint may."""
    record = make_record(answered("a", failure("NO_SUCH_ROUTE"), endpoint=None, status=404))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), "shop")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (failure("OOPS"), 404, "404 with the error code 'OOPS', which the catalogue lacks"),
        (failure("OUT_OF_STOCK"), 409, "409 OUT_OF_STOCK, which this endpoint does not declare"),
        (failure("NO_SUCH_ORDER"), 410, "NO_SUCH_ORDER with the status 410, not 404"),
        (
            failure("NO_SUCH_ORDER", again=True),
            404,
            "NO_SUCH_ORDER with another `retryable` than the catalogue's",
        ),
        (success(), 202, "the status of a success is 202, not 200"),
    ],
)
def test_fails_on_what_is_not_declared(body: object, status: int, said: str) -> None:
    """Each way to answer with something that nobody declared is a fail of its own."""
    record = make_record(answered("a", body, status=status))
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, record))


def test_does_not_judge_the_status_of_a_success_on_an_unknown_route() -> None:
    """Where there is no endpoint, there is no declared status either."""
    record = make_record(answered("a", success(), endpoint=None, status=202))
    assert [] == fails(RULE.judge(SYSTEM, record))


def test_unproven_where_no_code_was_seen() -> None:
    """Failures without a code are ENV001's finding; here they leave the endpoint open."""
    record = make_record(
        answered("a", b"<html>", status=404),
        answered("b", {"detail": "gone"}, status=404),
        answered("c", failure(7), status=404),
        answered("d", b"", status=404, method="HEAD"),
        answered("e", b"{", status=404, truncated=True),
        unanswered("f"),
    )
    expected = [("unproven", "no failure with an error code was seen", ())]
    assert expected == at(RULE.judge(SYSTEM, record), READ)


def test_unproven_where_nothing_was_seen() -> None:
    """An endpoint that nobody asked is unproven, with the reason where there is one."""
    verdicts = list(RULE.judge(SYSTEM, make_record(Unseen("shop", "no box"))))
    assert [("unproven", "no box", ())] == at(verdicts, PLACE)
    assert [] == at(verdicts, HEALTH)


def test_unproven_where_no_place_is_declared() -> None:
    """Without an envelope, or with one that has no code, there is nothing to compare."""
    plain = Envelope(Form((Member("", Role.DATA),)), Form((Member("/detail", Role.MESSAGE),)))
    for envelope in (None, plain):
        verdicts = RULE.judge(replace(SYSTEM, envelope=envelope), make_record())
        assert {"the contract declares no error codes, or no place for them"} == {
            one.said for one in verdicts
        }


def test_ignores_retryable_where_none_is_declared() -> None:
    """An envelope without a place for `retryable` is judged by its codes alone."""
    form = Form((Member("/code", Role.CODE),), extra=True)
    system = replace(SYSTEM, envelope=Envelope(Form((Member("", Role.DATA),)), form))
    record = make_record(answered("a", {"code": "NO_SUCH_ORDER"}, status=404))
    assert [("pass", "", ("a",))] == at(RULE.judge(system, record), READ)


def test_what_is_declared_beside_is_not_judged_here() -> None:
    """An answer that an endpoint declares outside of the envelope has a body of its own."""
    shop = SYSTEM.services[0]
    beside = (Answer("202", "Later.", None), Answer("418", "Odd.", None))
    endpoints = tuple(
        replace(one, answers=beside) if one.id == READ else one for one in shop.endpoints
    )
    system = replace(SYSTEM, services=(replace(shop, endpoints=endpoints), *SYSTEM.services[1:]))
    record = make_record(
        answered("a", success()),
        answered("b", failure("NO_SUCH_ORDER"), status=404),
        answered("c", {"ticket": 1}, status=202),
        answered("d", {"teapot": True}, status=418),
    )
    assert [] == fails(RULE.judge(system, record))
    assert [] != fails(RULE.judge(SYSTEM, record))
