"""RID001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Envelope, Form, Member, RequestId, Role
from seamwright.judge.rules.request_id_echo import RULE
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


def test_passes_when_header_and_body_carry_the_id() -> None:
    """Every answer to a request with an ID has it in header and body."""
    record = make_record(
        answered("a", success()), answered("b", failure("NO_SUCH_ORDER"), status=404)
    )
    assert [("pass", "", ("a", "b"))] == at(RULE.judge(SYSTEM, record), READ)


def test_passes_by_any_of_the_declared_headers() -> None:
    """A contract may name several headers; one that carries the ID is enough."""
    system = replace(SYSTEM, request_id=RequestId(headers=("x-other", "x-trace")))
    assert [("pass", "", ("a",))] == at(
        RULE.judge(system, make_record(answered("a", success()))), READ
    )


def test_passes_by_the_header_where_the_body_has_no_place_for_it() -> None:
    """Exempt answers, bodiless ones and envelopes without the member are judged by the header."""
    health = answered("a", {"status": "healthy"}, endpoint=HEALTH)
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, make_record(health)), HEALTH)
    bare = Envelope(Form((Member("", Role.DATA),)), Form((Member("/detail", Role.MESSAGE),)))
    order = make_record(answered("b", {"id": "o1", "total": 1}))
    assert [("pass", "", ("b",))] == at(RULE.judge(replace(SYSTEM, envelope=bare), order), READ)
    assert [("pass", "", ("b",))] == at(RULE.judge(replace(SYSTEM, envelope=None), order), READ)
    empty = make_record(
        answered("c", b"", status=204),
        answered("d", b"", method="HEAD"),
        answered("e", b"{", truncated=True),
    )
    assert [("pass", "", ("c", "d", "e"))] == at(RULE.judge(SYSTEM, empty), READ)


def test_a_body_without_the_envelope_is_not_blamed_here() -> None:
    """Where the body has no ID because it has no envelope, that is the envelope's rule's to say."""
    for body in ({"ok": True}, b"oops"):
        record = make_record(answered("a", body))
        assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), READ)


@pytest.mark.parametrize(
    ("headers", "body", "said"),
    [
        ((), success(), "the answer has no x-trace"),
        ((("x-trace", "other"),), success(), "the answer has another x-trace than the request"),
        (None, success(trace="other"), "the body has another request ID at /trace than the header"),
    ],
)
def test_fails_where_the_id_is_lost(
    headers: tuple[tuple[str, str], ...] | None, body: object, said: str
) -> None:
    """No ID, another ID, and a body that disagrees with the header are fails of their own."""
    one = answered("a", body) if headers is None else answered("a", body, headers=headers)
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, make_record(one)))


def test_unproven_where_no_id_was_answered() -> None:
    """Requests without an ID, and those without an answer, show nothing."""
    record = make_record(answered("a", success(), sent=None), unanswered("b"))
    expected = [("unproven", "no request with an ID was answered", ())]
    assert expected == at(RULE.judge(SYSTEM, record), READ)


def test_unproven_where_nothing_was_seen() -> None:
    """An endpoint that nobody asked is unproven, with the reason where there is one."""
    verdicts = RULE.judge(SYSTEM, make_record(Unseen("shop", "no box")))
    assert [("unproven", "no box", ())] == at(verdicts, PLACE)


def test_unproven_without_a_declared_id() -> None:
    """A contract without a request ID leaves every endpoint open."""
    verdicts = RULE.judge(replace(SYSTEM, request_id=None), make_record())
    assert {"the contract declares no request ID"} == {one.said for one in verdicts}


def test_leaves_unknown_routes_out() -> None:
    """A route that no contract has is judged elsewhere."""
    record = make_record(answered("a", b"", endpoint=None, headers=()))
    assert [] == fails(RULE.judge(SYSTEM, record))
