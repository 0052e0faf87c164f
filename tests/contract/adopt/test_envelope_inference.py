"""The envelope is what the answers share, or there is none, and the reason says which and why."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import SYSTEM as SEED
from seamwright.contract.adopt.envelope_inference import infer
from seamwright.contract.derive.openapi import openapi
from seamwright.contract.description.read import describe
from seamwright.contract.envelope import Envelope, Form, Member, Role
from tests.contract.other_envelopes import DETAIL_SYSTEM, PROBLEM_SYSTEM

Schema = dict[str, Any]
ERROR: Schema = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code"],
}


def _object(**fields: object) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _data(name: str) -> Schema:
    return _object(**{name: {"type": "string"}})


def _infer(
    successes: list[Schema], failures: list[Schema], media: str = "application/json"
) -> tuple[Envelope | None, str]:
    """What is inferred of operations with these answers; the last ones have none of the shorter."""
    paths: Schema = {}
    for number in range(max(len(successes), len(failures))):
        responses: Schema = {}
        if number < len(successes):
            content = {"application/json": {"schema": successes[number]}}
            responses["200"] = {"description": "", "content": content}
        if number < len(failures):
            responses["404"] = {"description": "", "content": {media: {"schema": failures[number]}}}
        paths[f"/{number}"] = {"get": {"responses": responses}}
    document = {"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": paths}
    made = infer(describe(document), "api")
    return made.envelope, made.reason


@pytest.mark.parametrize("service", SEED.services, ids=lambda one: one.name)
def test_our_own_envelope_is_inferred_of_our_own_document(service: Any) -> None:
    """Every member with its role, and what is exempt."""
    made = infer(describe(openapi(SEED, service, service.endpoints)), service.name)
    assert made.envelope is not None
    assert SEED.envelope is not None
    assert SEED.envelope.success == made.envelope.success
    assert SEED.envelope.failure == made.envelope.failure
    exempt = {(one.endpoint, one.content_type) for one in made.envelope.exempt}
    told = {
        (one.endpoint, one.content_type)
        for one in SEED.envelope.exempt
        if one.service == service.name
    }
    assert told == exempt


@pytest.mark.parametrize("system", [PROBLEM_SYSTEM, DETAIL_SYSTEM], ids=["problem", "detail"])
def test_envelopes_of_others_are_inferred(system: Any) -> None:
    """Problem details of RFC 9457, and a bare `detail`."""
    (service, *_) = system.services
    made = infer(describe(openapi(system, service, service.endpoints)), service.name)
    assert made.envelope is not None, made.reason
    assert system.envelope.failure.content_type == made.envelope.failure.content_type
    told = {one.at: one.role for one in system.envelope.failure.members}
    found = {one.at: one.role for one in made.envelope.failure.members}
    assert {
        at: role for at, role in told.items() if role is not Role.OTHER
    }.items() <= found.items()
    assert Form((Member("", Role.DATA),)) == made.envelope.success


def test_a_wrapper_is_what_nearly_all_successes_share() -> None:
    """The data is the member that differs; one that is outside of it is exempt."""
    flag = {"type": "boolean"}
    wrapped = [
        _object(ok=flag, result=_data(name), request_id={"type": "string"}, took={"type": "number"})
        for name in "abcdefghijkl"
    ]
    envelope, reason = _infer([*wrapped, _data("bare")], [ERROR, ERROR])
    assert envelope is not None
    assert envelope.success == Form(
        (
            Member("/ok", Role.SUCCESS_FLAG),
            Member("/result", Role.DATA),
            Member("/request_id", Role.REQUEST_ID),
            Member("/took", Role.DURATION),
        ),
        extra=True,
    )
    assert [("GET /12", "application/json")] == [
        (one.endpoint, one.content_type) for one in envelope.exempt
    ]
    assert "12 of 13 successes are {ok, result, request_id, took}, the data is in result" in reason
    assert "2 of 2 failures are {code, message}" in reason


@pytest.mark.parametrize(("wrapped", "found"), [(4, True), (3, False)])
def test_few_answers_may_have_one_other_beside_them(wrapped: int, found: bool) -> None:
    """A health, mostly; of fewer nobody can say which one is the other."""
    successes = [_object(ok={"type": "boolean"}, data=_data(name)) for name in "abcd"[:wrapped]]
    envelope, reason = _infer([*successes, _data("status")], [ERROR, ERROR])
    assert envelope is not None
    assert found == (Form((Member("", Role.DATA),)) != envelope.success)
    assert found == (f"{wrapped} of {wrapped + 1} successes are" in reason)
    assert found == any(one.endpoint == f"GET /{wrapped}" for one in envelope.exempt)


def test_failures_that_differ_give_no_envelope() -> None:
    """Half of them have another shape."""
    envelope, reason = _infer([], [ERROR, ERROR, _data("text"), _data("other")])
    assert None is envelope
    assert "no envelope: the 4 failures have no shape in common" == reason


def test_failures_without_a_code_or_a_message_give_no_envelope() -> None:
    """Nothing in them tells what went wrong."""
    envelope, reason = _infer([], [_object(hint={"type": "integer"})] * 2)
    assert None is envelope
    assert "no envelope: the failures are {hint}, without a code or a message" == reason


def test_too_few_answers_give_no_envelope() -> None:
    """One failure is no rule; one success is no wrapper."""
    assert (None, "no envelope: 1 failures are described, too few to tell") == _infer([], [ERROR])
    envelope, reason = _infer([_object(ok={"type": "boolean"}, data={})], [ERROR, ERROR])
    assert envelope is not None
    assert Form((Member("", Role.DATA),)) == envelope.success
    assert "successes are bare: 1 of them do not show a wrapper" in reason


def test_successes_without_a_wrapper_are_bare() -> None:
    """They share nothing, or only one member, or which one is the data is not plain."""
    for successes in (
        [_data("a"), _data("b")],
        [_object(data=_data("a")), _object(data=_data("b"))],
        [_object(x=_data("a"), y=_data("b")), _object(x=_data("c"), y=_data("d"))],
    ):
        envelope, reason = _infer(successes, [ERROR, ERROR])
        assert envelope is not None
        assert Form((Member("", Role.DATA),)) == envelope.success
        assert "successes have no wrapper in common, they are bare" in reason


def test_roles_are_told_by_name_and_type() -> None:
    """What is not plain is `other`."""
    failure = _object(
        status={"type": "integer"},
        success={"const": False},
        retryable={"enum": [True, False]},
        error={
            "type": "object",
            "properties": {
                "error_code": {"enum": ["A", "B"]},
                "description": {"type": "string"},
                "deep": _object(deeper=_object(deepest=_object(x={"type": "string"}))),
                "a/b~c": {"type": "boolean"},
            },
        },
        description={"type": "string"},
        code={"type": "integer"},
        trace_id={"type": "string"},
    )
    envelope, _ = _infer([], [failure, failure])
    assert envelope is not None
    assert envelope.failure.members == (
        Member("/status", Role.STATUS),
        Member("/success", Role.SUCCESS_FLAG),
        Member("/retryable", Role.RETRYABLE),
        Member("/error/error_code", Role.CODE, required=False),
        Member("/error/description", Role.MESSAGE, required=False),
        Member("/error/deep/deeper", Role.OTHER, required=False),
        Member("/error/a~1b~0c", Role.OTHER, required=False),
        Member("/description", Role.OTHER),
        Member("/code", Role.OTHER),
        Member("/trace_id", Role.REQUEST_ID),
    )


def test_an_error_object_of_unknown_form_is_the_error() -> None:
    """Its own members are not told."""
    failure = _object(error={"type": "object"}, message={"type": "string"})
    envelope, _ = _infer([], [failure, failure])
    assert envelope is not None
    assert [Role.ERROR, Role.MESSAGE] == [one.role for one in envelope.failure.members]


def test_answers_that_are_one_of_several_are_each_of_them() -> None:
    """And those in another form than JSON are none."""
    either = {"oneOf": [ERROR, ERROR]}
    envelope, reason = _infer([], [either], "application/problem+json; charset=utf-8")
    assert envelope is not None
    assert "application/problem+json" == envelope.failure.content_type
    assert "2 of 2 failures" in reason
    assert None is _infer([], [either], "text/plain")[0]


def test_a_success_in_another_form_is_exempt() -> None:
    """A page, beside answers in an envelope."""
    document: Schema = {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {
            "/a": {
                "get": {
                    "responses": {
                        "200": {"description": "", "content": {"text/html": {}}},
                        "400": {"content": {"application/json": {"schema": ERROR}}},
                        "500": {"content": {"application/json": {"schema": ERROR}}},
                        "502": {"content": {"application/json": {}}},
                        "default": {},
                    }
                }
            }
        },
    }
    made = infer(describe(document), "api")
    assert made.envelope is not None
    assert [("GET /a", "text/html")] == [
        (one.endpoint, one.content_type) for one in made.envelope.exempt
    ]


def test_members_within_must_agree_too() -> None:
    """An error that is a text here and an object there is no shape in common."""
    text, inner = _object(error={"type": "string"}), _object(error=ERROR)
    envelope, reason = _infer([], [text, inner])
    assert None is envelope
    assert "the 2 failures have no shape in common" in reason
    envelope, _ = _infer([], [*[inner] * 11, text])
    assert envelope is not None
    assert ["/error/code", "/error/message"] == [one.at for one in envelope.failure.members]
