"""SCH001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import pytest
from pydantic import Field

from seamwright.contract import Answer, Endpoint, Message, Root, Service, System
from seamwright.judge.rules.schema import RULE
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


def test_passes_when_all_successes_fit() -> None:
    """An endpoint whose successes fit passes; an optional field may be there."""
    noted = success({"id": "o1", "total": 3, "note": "soon"})
    record = make_record(answered("a", success()), answered("b", noted))
    assert [("pass", "", ("a", "b"))] == at(RULE.judge(SYSTEM, record), READ)


def test_judges_an_exempt_endpoint_bare() -> None:
    """What is outside of the envelope still has its own schema."""
    report: dict[str, object] = {"status": "healthy", "dependencies": {}}
    record = make_record(answered("a", report, endpoint=HEALTH))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), HEALTH)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"id": "o1"}, 'at /result: "total" is a required property'),
        ({"id": 1, "total": 3}, "at /result/id: it is integer, not string"),
        ({"id": "o1", "total": 3, "note": None}, "at /result/note: it is null, not string"),
        ([], "at /result: it is array, not object"),
    ],
)
def test_fails_on_data_that_does_not_fit(data: object, said: str) -> None:
    """A missing field, another type, a null and another kind of thing fail with their place."""
    record = make_record(answered("a", success(data)))
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, record))


def test_fails_on_a_field_that_is_not_declared() -> None:
    """A closed message has no other fields."""
    record = make_record(answered("a", success({"id": "o1", "total": 3, "more": 1})))
    ((said, _),) = fails(RULE.judge(SYSTEM, record))
    assert said.startswith("at /result: Additional properties")


def test_fails_on_data_that_is_null() -> None:
    """Null is where the envelope wants the data, and it is no order."""
    record = make_record(answered("a", {**success(), "result": None}))
    assert [("at /result: it is null, not object", ("a",))] == fails(RULE.judge(SYSTEM, record))


def test_what_has_no_envelope_is_unproven() -> None:
    """Data that is not where the envelope says is the envelope's rule's to blame."""
    for body in (b"oops", {"total": 3}):
        verdicts = at(RULE.judge(SYSTEM, make_record(answered("a", body))), READ)
        reason = "no success has its data where the envelope says"
        assert [("unproven", reason, ("a",))] == verdicts


def test_fails_on_a_bare_answer_that_is_not_json() -> None:
    """Outside of the envelope nobody else would say that a body is no JSON."""
    record = make_record(answered("a", b"oops", endpoint=HEALTH))
    assert [("the body is not JSON", ("a",))] == fails(RULE.judge(SYSTEM, record))


TEXT = (("content-type", "text/plain; charset=utf-8"),)


def _shop(**changes: Any) -> System:
    """The shop without an envelope, whose reading endpoint promises something else."""
    shop = SYSTEM.services[0]
    endpoints = tuple(replace(one, **changes) if one.id == READ else one for one in shop.endpoints)
    services = (replace(shop, endpoints=endpoints), *SYSTEM.services[1:])
    return replace(SYSTEM, services=services, envelope=None)


def test_a_bare_text_is_judged_as_a_text() -> None:
    """Where another content type than JSON is declared, the whole body is the value."""
    short = Annotated[str, Field(max_length=3)]
    system = _shop(response=Root[short], response_media="text/plain")
    fits = make_record(answered("a", b"yes", kind=TEXT))
    assert [("pass", "", ("a",))] == at(RULE.judge(system, fits), READ)
    ((said, _),) = fails(RULE.judge(system, make_record(answered("b", b"oops", kind=TEXT))))
    assert said.startswith("at /: ")


def test_a_success_of_another_media_type_is_told_as_that() -> None:
    """Unless the contract names it among the others, of whose bodies it says nothing."""
    record = make_record(answered("a", b"oops", kind=TEXT), answered("b", {"id": "o", "total": 1}))
    assert [("a success is text/plain, which is not declared", ("a",))] == fails(
        RULE.judge(_shop(), record)
    )
    assert [] == fails(RULE.judge(_shop(other_media=("text/plain",)), record))


def test_unproven_without_a_whole_success() -> None:
    """Failures, HEAD, what was cut off and what got no answer show no success."""
    record = make_record(
        answered("a", failure("NO_SUCH_ORDER"), status=404),
        answered("b", b"", method="HEAD"),
        answered("c", b"{", truncated=True),
        unanswered("d"),
    )
    expected = [("unproven", "no success of it was seen", ())]
    assert expected == at(RULE.judge(SYSTEM, record), READ)


def test_unproven_where_nothing_was_seen() -> None:
    """An endpoint that nobody asked is unproven, with the reason where there is one."""
    verdicts = RULE.judge(SYSTEM, make_record(Unseen("shop", "no box")))
    assert [("unproven", "no box", ())] == at(verdicts, PLACE)


def test_leaves_pages_and_unknown_routes_out() -> None:
    """A page has no schema, and neither has a route that no contract has."""
    page = Endpoint("GET", "/", "A page.", None, "short")
    shop = Service("shop", "Shop", "Sells.", (page,))
    system = replace(SYSTEM, services=(shop,), edges=(), envelope=None)
    record = make_record(
        answered("a", b"<p>", endpoint="GET /"), answered("b", b"<p>", endpoint=None)
    )
    assert [] == list(RULE.judge(system, record))


class Later(Message):
    """What is told of an order that is placed later."""

    ticket: str


def _beside(*answers: Answer) -> System:
    """The shop, one of whose endpoints answers something beside."""
    shop = SYSTEM.services[0]
    endpoints = tuple(
        replace(one, answers=answers) if one.id == READ else one for one in shop.endpoints
    )
    return replace(SYSTEM, services=(replace(shop, endpoints=endpoints), *SYSTEM.services[1:]))


def test_what_is_answered_beside_fits_its_own_body() -> None:
    """It is no success, and the envelope is not around it; what has no body declared is let be."""
    system = _beside(
        Answer("202", "Later.", Later), Answer("4XX", "Odd.", None), Answer("404", "", Later)
    )
    record = make_record(
        answered("a", success()),
        answered("b", {"ticket": "t1"}, status=202),
        answered("c", {"anything": 1}, status=418),
        answered("d", b"", status=404, method="HEAD"),
    )
    assert [("pass", "", ("a",))] == at(RULE.judge(system, record), READ)
    wrong = make_record(answered("e", {"tickets": []}, status=202), answered("f", b"<", status=404))
    told = fails(RULE.judge(system, wrong))
    assert [("e",), ("f",)] == [evidence for _, evidence in told]
    assert told[0][0].startswith("202: at /: ")
    assert "404: the body is not JSON" == told[1][0]
