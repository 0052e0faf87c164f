"""Envelopes: the seed's, RFC 9457 problem details, and `{detail}`, said in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema_rs import validator_for

from contracts import SYSTEM as SEED
from seamwright.contract import Member, Role
from seamwright.contract.derive.json_schema import (
    envelope_schema,
    enveloped,
    failure_schema,
    success_schema,
)
from tests.contract.other_envelopes import DETAIL_SYSTEM, PROBLEM_SYSTEM
from tests.judge.records import READ, SYSTEM

if TYPE_CHECKING:
    from seamwright.contract import System

META = {"requestId": "req_abc123", "duration": 145}
WRONG = {"code": "RATE_LIMITED", "message": "Too many requests", "retryable": True}
ORDER = {"id": "o1", "total": 3}


def _fits(system: System, body: object, *, failed: bool) -> bool:
    schema = envelope_schema(system, failed=failed)
    assert schema is not None
    return validator_for(schema).is_valid(body)


@pytest.mark.parametrize(
    ("body", "failed", "fits"),
    [
        ({"success": True, "data": {}, "meta": META}, False, True),
        ({"success": False, "error": WRONG, "meta": {"requestId": "req_abc123"}}, True, True),
        ({"success": False, "error": WRONG, "meta": META}, True, True),
        ({"success": True, "data": {}, "error": WRONG, "meta": META}, False, False),
        ({"success": False, "data": {}, "error": WRONG, "meta": META}, True, False),
        ({"success": True, "data": {}, "meta": {"requestId": "req_abc123"}}, False, False),
        ({"success": False, "data": {}, "meta": META}, False, False),
        ({"success": 1, "data": {}, "meta": META}, False, False),
        ({"success": True, "data": {}, "meta": {**META, "duration": -1}}, False, False),
        ({"success": True, "data": {}, "meta": {**META, "requestId": ""}}, False, False),
        ({"success": True, "data": {}, "meta": {**META, "more": 1}}, False, False),
        ({"success": False, "error": {**WRONG, "retryable": "no"}, "meta": META}, True, False),
        ({"success": False, "error": {**WRONG, "code": ""}, "meta": META}, True, False),
        ({"success": False, "error": None, "meta": META}, True, False),
        ([], False, False),
    ],
)
def test_the_seeds_envelope(body: object, failed: bool, fits: bool) -> None:
    """Success or failure, never both, with the duration left out of a failure at most."""
    assert fits == _fits(SEED, body, failed=failed)


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({"title": "Gone", "status": 404}, True),
        ({"type": "about:blank", "title": "Gone", "status": 404, "balance": 30}, True),
        ({"title": "Gone"}, False),
        ({"title": "Gone", "status": "404"}, False),
        ({"title": "Gone", "status": 200}, False),
        ({"title": "", "status": 404}, False),
    ],
)
def test_problem_details_are_an_envelope(body: object, fits: bool) -> None:
    """RFC 9457 failures, with members of their own, are said as any other form."""
    assert fits == _fits(PROBLEM_SYSTEM, body, failed=True)


@pytest.mark.parametrize(
    ("body", "fits"), [({"detail": "gone"}, True), ({"detail": ["gone"]}, False), ({}, False)]
)
def test_a_detail_is_an_envelope(body: object, fits: bool) -> None:
    """The smallest error format has one member."""
    assert fits == _fits(DETAIL_SYSTEM, body, failed=True)


def test_the_data_may_be_the_whole_body() -> None:
    """A success without a wrapping is judged by its message alone."""
    service = PROBLEM_SYSTEM.services[0]
    endpoint = service.endpoint(READ)
    assert endpoint is not None
    schema = success_schema(PROBLEM_SYSTEM, service.name, endpoint)
    assert schema is not None
    assert [True, False, False] == [
        validator_for(schema).is_valid(one) for one in (ORDER, {"id": "o1"}, {**ORDER, "x": 1})
    ]


def test_the_codes_of_a_failure_are_the_endpoints() -> None:
    """A failure's schema lists what its endpoint may answer; a route without one, what any may."""
    endpoint = SYSTEM.services[0].endpoint(READ)
    body = {"ok": False, "problem": {"code": "NO_SUCH_ORDER", "again": False}, "trace": "t"}
    fits = [
        validator_for(failure_schema(SYSTEM, one) or {}).is_valid(body) for one in (endpoint, None)
    ]
    assert [True, False] == fits


def test_an_error_may_be_declared_as_a_whole() -> None:
    """A member for the error itself and members within it are one object, in either order."""
    whole, code = Member("/error", Role.ERROR), Member("/error/code", Role.CODE)
    forms = [SYSTEM.envelope.failure for _ in range(2)] if SYSTEM.envelope else []
    schemas = [
        enveloped(
            SYSTEM,
            type(form)(members, extra=True),
            data={},
            codes=(),
            failed=True,
        )
        for form, members in zip(forms, [(whole, code), (code, whole)], strict=True)
    ]
    for schema in schemas:
        fits = [validator_for(schema).is_valid({"error": one}) for one in ({"code": "X"}, {}, "X")]
        assert [True, False, False] == fits


@pytest.mark.parametrize(
    ("pointer", "path"),
    [("", ()), ("/a/b", ("a", "b")), ("/a~1b/m~0n", ("a/b", "m~n")), ("/~01", ("~1",))],
)
def test_members_lie_where_their_pointer_leads(pointer: str, path: tuple[str, ...]) -> None:
    """Pointers are unescaped as RFC 6901 says."""
    assert path == Member(pointer, Role.OTHER).path


def test_form_and_exemption_go_by_status_and_endpoint() -> None:
    """From 400 on an answer is a failure, and only the named endpoint is exempt."""
    envelope = SEED.envelope
    assert envelope is not None
    forms = [envelope.form(status) for status in (200, 399, 400, 503)]
    assert [envelope.success] * 2 + [envelope.failure] * 2 == forms
    assert "a page for people" == getattr(envelope.exemption("web", "GET /"), "reason", "")
    assert [None, None] == [envelope.exemption("worker", "GET /"), envelope.exemption("web", None)]
