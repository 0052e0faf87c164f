"""ENV001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Answer, Envelope, Form, Member, Message, Role
from seamwright.judge.rules.content_type import RULE as TYPES
from seamwright.judge.rules.envelope import RULE
from seamwright.judge.rules.schema import RULE as SCHEMAS
from seamwright.record.observation import Exchange, Unseen
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

PROBLEM_JSON = (("content-type", "application/problem+json; charset=utf-8"),)
PROBLEMS = replace(
    SYSTEM,
    envelope=Envelope(
        success=Form((Member("", Role.DATA),)),
        failure=Form(
            (Member("/title", Role.MESSAGE), Member("/status", Role.STATUS)),
            content_type="application/problem+json",
            extra=True,
        ),
    ),
)


def test_passes_when_success_and_failure_are_enveloped() -> None:
    """An endpoint whose success and failure were seen in the envelope passes."""
    record = make_record(
        answered("a", success()), answered("b", failure("NO_SUCH_ORDER"), status=404)
    )
    assert [("pass", "", ("a", "b"))] == at(RULE.judge(SYSTEM, record), READ)


def test_passes_an_unknown_route_by_its_failure_alone() -> None:
    """A route that no contract has can only fail, so one enveloped failure is enough."""
    record = make_record(answered("a", failure("NO_SUCH_ROUTE"), endpoint=None, status=404))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), "shop")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the body is empty"),
        (b"<html>", "the body is not JSON"),
        (b"\xff", "the body is not UTF-8"),
        (b"NaN", "the body is not JSON"),
        (b"[" * 400 + b"]" * 400, "the body is nested too deeply"),
        (b"[" * 100_000, "the body is nested too deeply"),
        (b'"\\ud800"', "the body has half of a surrogate pair"),
        (b'{"detail": "gone"}', None),
        (failure("X", trace=" "), "at /trace: not what `pattern` demands"),
        (success(), None),
    ],
)
def test_fails_on_an_error_in_another_form(body: object, said: str | None) -> None:
    """Whatever else stands in an error's body is a fail that says what is wrong."""
    record = make_record(answered("a", success()), answered("b", body, status=404))
    (told, evidence), *rest = fails(RULE.judge(SYSTEM, record))
    assert [] == rest
    assert ("b",) == evidence
    assert told.startswith("404: ")
    if said:
        assert f"404: {said}" == told


def test_fails_on_success_with_an_error_in_it() -> None:
    """A status of success with the body of a failure is a fail."""
    record = make_record(answered("a", failure("NO_SUCH_ORDER")))
    assert [("a",)] == [evidence for _, evidence in fails(RULE.judge(SYSTEM, record))]


@pytest.mark.parametrize(("kind", "word"), [((), "missing"), ((("content-type", "A/b"),), "a/b")])
def test_fails_on_another_content_type(kind: tuple[tuple[str, str], ...], word: str) -> None:
    """The declared media type is part of the envelope."""
    record = make_record(answered("a", success(), kind=kind))
    said = f"200: the content type is {word}, not application/json"
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, record))


def test_judges_problem_details_in_the_same_words() -> None:
    """RFC 9457 bodies pass where a contract declares them; theirs is the answer's own status."""
    gone = {"title": "gone", "status": 404, "instance": "/x"}
    order = {"id": "o1", "total": 3}
    record = make_record(answered("a", order), answered("b", gone, status=404, kind=PROBLEM_JSON))
    assert [("pass", "", ("a", "b"))] == at(RULE.judge(PROBLEMS, record), READ)
    record = make_record(answered("c", gone, status=409, kind=PROBLEM_JSON))
    said = "409: the body tells another status than the answer has"
    assert [(said, ("c",))] == fails(RULE.judge(PROBLEMS, record))


def test_a_success_without_a_wrapper_promises_nothing_elsewhere() -> None:
    """A redirect, and a success of a route that no contract has; of an endpoint it is JSON."""
    html = (("content-type", "text/html"),)
    refused = answered("r", {"title": "no", "status": 404}, status=404, kind=PROBLEM_JSON)
    away = answered("a", "elsewhere", status=302, kind=html)
    page = answered("p", "a page", kind=html)
    lost = answered("l", "a page", kind=html, endpoint=None)
    fine = answered("f", {"id": "1"})

    def said(*exchanges: Exchange, where: str = READ) -> list[str]:
        found = at(RULE.judge(PROBLEMS, make_record(*exchanges)), where)
        return [outcome for outcome, _, _ in found]

    assert ["pass"] == said(refused, away, fine)
    assert ["fail"] == said(refused, page)
    assert ["pass"] == said(replace(refused, case=lost.case), lost, where="shop")
    wrapped = at(RULE.judge(SYSTEM, make_record(away)), READ)
    assert ["fail"] == [outcome for outcome, _, _ in wrapped]


def test_unproven_where_only_one_half_was_seen() -> None:
    """Without a failure, the form of errors is not known; unanswered requests are told."""
    record = make_record(answered("a", success()), unanswered("b"))
    expected = [("unproven", "no failure of it was seen", ("b",))]
    assert expected == at(RULE.judge(SYSTEM, record), READ)


def test_unproven_where_answers_have_no_body() -> None:
    """Answers to HEAD, without content, or cut off by the harness decide nothing."""
    record = make_record(
        answered("a", b"", method="HEAD", status=404),
        answered("b", b"", status=204),
        answered("c", b"{", truncated=True),
    )
    expected = [("unproven", "no success and failure of it was seen", ("c",))]
    assert expected == at(RULE.judge(SYSTEM, record), READ)


def test_unproven_where_nothing_was_seen() -> None:
    """An endpoint without a request is unproven, with the reason where there is one."""
    verdicts = list(RULE.judge(SYSTEM, make_record()))
    assert [("unproven", "no request was sent to it", ())] == at(verdicts, PLACE)
    verdicts = list(RULE.judge(SYSTEM, make_record(Unseen("shop", "no box"))))
    assert [("unproven", "no box", ())] == at(verdicts, PLACE)


def test_an_exempt_endpoint_refuses_in_the_form_of_all() -> None:
    """What is no JSON is a page for people; what is 500 or more may be what it tells of."""
    bare = answered("x", {"why": "no"}, status=400, endpoint=HEALTH)
    good = answered("a", {"status": "ok"}, endpoint=HEALTH)
    told = fails(RULE.judge(SYSTEM, make_record(good, bare)))
    assert [("x",)] == [evidence for _, evidence in told]
    enveloped = answered("x", failure("NOT_FOUND"), status=404, endpoint=HEALTH)
    ill = answered("y", {"status": "ill"}, status=503, endpoint=HEALTH)
    page = answered("z", "<p>", status=400, endpoint=HEALTH, kind=(("content-type", "text/html"),))
    lost = unanswered("u", endpoint=HEALTH)
    record = make_record(good, enveloped, ill, page, lost)
    assert [] == fails(RULE.judge(SYSTEM, record))


def test_an_exempt_endpoint_has_the_type_of_its_exemption() -> None:
    """Outside of the envelope, a success passes by its content type and fails by another."""
    fine = make_record(answered("a", {"status": "x"}, endpoint=HEALTH))
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, fine), HEALTH)
    page = make_record(
        answered("a", b"<p>well</p>", endpoint=HEALTH, kind=(("content-type", "text/html"),))
    )
    said = "the content type is not application/json, as its exemption says"
    assert [("fail", said, ("a",))] == at(RULE.judge(SYSTEM, page), HEALTH)
    silent = make_record(answered("a", {"status": "x"}, endpoint=HEALTH, status=503))
    assert [("unproven", "no success of it was seen", ())] == at(RULE.judge(SYSTEM, silent), HEALTH)


def test_unproven_without_a_declared_envelope() -> None:
    """A contract that declares no envelope leaves every endpoint open."""
    verdicts = RULE.judge(replace(SYSTEM, envelope=None), make_record())
    assert {("unproven", "the contract declares no envelope")} == {
        (one.outcome.value, one.said) for one in verdicts
    }


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


class Failed(Message):
    """A failure in the envelope, as a document describes it of one endpoint."""

    ok: bool
    problem: dict[str, object]
    trace: str


def test_what_is_declared_with_the_envelope_in_it_is_judged_here() -> None:
    """Its own declaration demands it: ENV001 alone says that it is not there."""
    shop = SYSTEM.services[0]
    declared = (Answer("404", "None.", Failed), Answer("418", "Odd.", None))
    endpoints = tuple(
        replace(one, answers=declared) if one.id == READ else one for one in shop.endpoints
    )
    system = replace(SYSTEM, services=(replace(shop, endpoints=endpoints), *SYSTEM.services[1:]))
    record = make_record(answered("a", {"error": "no"}, status=404), answered("b", b"", status=418))
    assert [("a",)] == [evidence for _, evidence in fails(RULE.judge(system, record))]
    for other in (SCHEMAS, TYPES):
        assert [] == fails(other.judge(system, record))
    bare = make_record(answered("a", b"no", status=404, kind=()))
    assert [("404: the content type is missing, not application/json", ("a",))] == fails(
        RULE.judge(system, bare)
    )
    for other in (SCHEMAS, TYPES):
        assert [] == fails(other.judge(system, bare))


def test_the_success_of_an_exempt_endpoint_to_another_method_is_another_rules() -> None:
    """MTH001 says that the method should have been refused; a refusal of it is enveloped."""
    said = answered("a", {"status": "ok"}, endpoint=None, method="DELETE", target="/health")
    assert [] == fails(RULE.judge(SYSTEM, make_record(said)))
    refused = answered("b", {"no": 1}, endpoint=None, method="DELETE", target="/health", status=405)
    other = answered("c", {"status": "ok"}, endpoint=None, method="DELETE", target="/nothing")
    told = fails(RULE.judge(SYSTEM, make_record(refused, other)))
    assert [("b",), ("c",)] == [evidence for _, evidence in told]
