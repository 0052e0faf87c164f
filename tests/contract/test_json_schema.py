"""The schemas that a contract becomes, held against their metaschema and two implementations."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for
from pydantic import ValidationError

from contracts import SYSTEM as SEED
from seamwright.contract.derive.json_schema import (
    Schema,
    envelope_schema,
    failure_schema,
    message_schema,
    success_schema,
)
from tests.contract.other_envelopes import DETAIL_SYSTEM, PROBLEM_SYSTEM
from tests.judge.records import SYSTEM, Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from seamwright.contract import Endpoint, System

SYSTEMS = {"seed": SEED, "own": SYSTEM, "problem": PROBLEM_SYSTEM, "detail": DETAIL_SYSTEM}


def _endpoints(system: System) -> Iterator[tuple[str, Endpoint]]:
    for service in system.services:
        for endpoint in service.endpoints:
            yield service.name, endpoint


def _messages(system: System) -> list[type[BaseModel]]:
    bodies = {
        body for _, one in _endpoints(system) for body in (one.request, one.query, one.response)
    }
    return sorted((one for one in bodies if one is not None), key=lambda one: one.__name__)


@pytest.mark.parametrize("model", _messages(SEED))
def test_every_message_has_a_schema(model: type[BaseModel]) -> None:
    """Every message is a valid, closed schema of the 2020-12 dialect."""
    schema: dict[str, Any] = message_schema(model)
    Draft202012Validator.check_schema(schema)
    assert False is schema["additionalProperties"]
    assert {"type": "null"} not in list(_inside(schema))


def _inside(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, dict):
        for one in value.values():  # pyright: ignore[reportUnknownVariableType] - a schema
            yield from _inside(one)  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, list):
        for one in value:  # pyright: ignore[reportUnknownVariableType] - a schema
            yield from _inside(one)  # pyright: ignore[reportUnknownArgumentType]


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS.keys())
def test_both_envelopes_of_every_endpoint_have_a_schema(system: System) -> None:
    """The success and the failure of each endpoint are valid schemas; a page has no success."""
    pages: list[str] = []
    for service, endpoint in _endpoints(system):
        success = success_schema(system, service, endpoint)
        if success is None:
            pages.append(endpoint.id)
        for schema in (success, failure_schema(system, endpoint), failure_schema(system, None)):
            if schema is not None:
                Draft202012Validator.check_schema(schema)
    assert (["GET /"] if system is SEED else []) == pages


def test_without_an_envelope_there_is_only_the_message() -> None:
    """A contract that declares none has bare successes, and no form of failures."""
    bare = replace(SYSTEM, envelope=None)
    _, endpoint = next(_endpoints(bare))
    assert message_schema(Order) == success_schema(bare, "shop", endpoint)
    assert [None, None] == [failure_schema(bare, endpoint), envelope_schema(bare, failed=True)]


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ({"id": "o1", "total": 3}, True),
        ({"id": "o1", "total": 3, "note": "x"}, True),
        ({"id": "o1", "total": 3, "note": None}, False),
        ({"id": "o1", "total": None}, False),
        ({"id": "o1", "total": 3, "extra": 1}, False),
        ({"id": "o1", "total": "3"}, False),
        ({"id": "o1"}, False),
        (None, False),
    ],
)
def test_null_and_extra_are_refused_by_schema_and_model(value: object, fits: bool) -> None:
    """What the schema says and what the model takes are the same."""
    assert fits == validator_for(message_schema(Order)).is_valid(value)
    with nullcontext() if fits else pytest.raises(ValidationError):
        Order.model_validate(value)


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=8)
_LEAF = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6) | _TEXT
_ANY = st.recursive(
    _LEAF,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(_TEXT, one, max_size=3),
    max_leaves=6,
)
_META = st.fixed_dictionaries(
    {},
    optional={
        "requestId": st.just("req_1") | _ANY,
        "duration": st.integers(0, 9) | _ANY,
        "x": _ANY,
    },
)
_ERROR = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["RATE_LIMITED", "NOT_FOUND"]) | _ANY,
        "message": _TEXT | _ANY,
        "retryable": st.booleans() | _ANY,
    },
)
_BODY = st.fixed_dictionaries(
    {},
    optional={
        "success": st.booleans() | _ANY,
        "data": _ANY,
        "error": _ERROR | _ANY,
        "meta": _META | _ANY,
        "title": _TEXT,
        "status": st.integers(90, 610) | _ANY,
        "detail": _TEXT,
    },
)


def _envelopes() -> list[Schema]:
    found = [
        envelope_schema(system, failed=failed)
        for system in SYSTEMS.values()
        for failed in (False, True)
    ]
    found += [failure_schema(SEED, None)]
    return [one for one in found if one is not None]


_PAIRS = [(Draft202012Validator(one), validator_for(one)) for one in _envelopes()]


@given(_BODY | _ANY)
def test_two_implementations_agree(body: Any) -> None:
    """The one that judges and the one that explains say the same of any body."""
    for slow, fast in _PAIRS:
        assert fast.is_valid(body) == (next(slow.iter_errors(body), None) is None)  # pyright: ignore[reportUnknownMemberType] - jsonschema is half typed
