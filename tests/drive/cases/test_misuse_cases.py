"""What misuse is made of a contract."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from contracts import SYSTEM as OURS
from seamwright.drive.cases.misuse.aim import Aim
from seamwright.drive.cases.misuse.broken import broken_cases
from seamwright.drive.cases.misuse.cases import MOST, afterwards, misuse_cases
from seamwright.drive.cases.misuse.raw_case import HOST
from seamwright.drive.cases.misuse.raw_cases import raw_cases
from seamwright.record.observation import Purpose
from tests.drive.small_server import SYSTEM as SMALL
from tests.miniatures.contract import SYSTEM as NOTES

if TYPE_CHECKING:
    from seamwright.contract import System

MOST_RAW = 40
SYSTEMS = pytest.mark.parametrize("system", [OURS, NOTES, SMALL], ids=lambda one: one.name)


@SYSTEMS
def test_the_same_contract_makes_the_same_few_cases(system: System) -> None:
    """Bounded for each service, each with an id of its own."""
    cases, raw = misuse_cases(system), raw_cases(system)
    assert (cases, raw) == (misuse_cases(system), raw_cases(system))
    counts = Counter(one.label.service for one in cases)
    assert {one.name for one in system.services} == set(counts)
    assert max(counts.values()) <= MOST
    assert max(Counter(one.requests[0].label.service for one in raw).values()) <= MOST_RAW
    labels = [one.label for one in cases] + [each.label for one in raw for each in one.requests]
    assert len(labels) == len({one.id for one in labels})
    assert {Purpose.MISUSE, Purpose.RAW} == {one.purpose for one in labels}


@SYSTEMS
def test_no_well_formed_request_id_is_sent_twice(system: System) -> None:
    """A service that takes it over would seem to give one ID to several requests."""
    if system.request_id is None:
        return
    for service in system.services:
        sent = [
            value
            for one in misuse_cases(system)
            for name, value in one.headers
            if name in system.request_id.headers and one.label.service == service.name
        ]
        piped = [
            each.label.request_id
            for one in raw_cases(system)
            for each in one.requests
            if each.label.service == service.name and each.label.request_id
        ]
        told = [*sent, *piped]
        assert sent
        assert len(told) == len(set(told))


def test_bodies_are_spread_over_all_endpoints_that_take_one() -> None:
    """No endpoint gets them all, and each gets some."""
    takers = {
        (service.name, one.id)
        for service in OURS.services
        for one in service.endpoints
        if one.request is not None
    }
    sent = Counter(
        (one.label.service, one.label.endpoint) for one in misuse_cases(OURS) if one.body
    )
    assert takers == set(sent)


def test_what_is_large_is_owed_nothing() -> None:
    """A server may refuse it before it is read, and close."""
    large = [
        one for one in misuse_cases(OURS) if len(one.body) > 1 << 17 or len(one.target) > 5_000
    ]
    assert large
    assert {False} == {one.label.due for one in large}


def test_some_bodies_are_good_and_only_their_type_is_wrong() -> None:
    """What is said of a body is misused too, not only the body."""
    plain = [one for one in misuse_cases(OURS) if ("content-type", "text/plain") in one.headers]
    assert plain
    assert all(isinstance(json.loads(one.body), dict) for one in plain)


def test_a_name_twice_is_twice_in_the_text() -> None:
    """One reader takes the first, another the last: they see two objects."""
    twice = next(one for one in misuse_cases(NOTES) if one.label.reason == "a name twice")
    assert b'{"text": "example","text":null}' == twice.body


def test_wrong_methods_are_those_that_the_path_lacks() -> None:
    """None of them is an endpoint of the contract."""
    service = NOTES.services[0]
    wrong = [one for one in misuse_cases(NOTES) if "does not have" in one.label.reason]
    assert wrong
    assert [] == [one for one in wrong if service.find(one.method, one.target)]


def test_without_headers_of_its_own_a_contract_has_fewer_cases() -> None:
    """No request ID, no version, no credential: nothing to misuse there."""
    bare = replace(NOTES, request_id=None, version=None)
    names = {name for one in misuse_cases(bare) for name, _ in one.headers}
    assert not {"x-request-id", "x-api-version"} & names
    assert {None} == {each.label.request_id for one in raw_cases(bare) for each in one.requests}


def test_a_service_without_endpoints_is_misused_all_the_same() -> None:
    """Unknown routes and broken bytes need no endpoint."""
    empty = replace(SMALL, services=(replace(SMALL.services[0], endpoints=()),))
    assert misuse_cases(empty)
    assert raw_cases(empty)
    assert () == afterwards(empty)


def test_broken_bytes_go_nowhere() -> None:
    """Whatever a lenient server makes of them, it meets no endpoint; and they are owed nothing."""
    cases = list(broken_cases(Aim(OURS, OURS.services[0])))
    labels = [each.label for one in cases for each in one.requests]
    assert {(None, False)} == {(one.endpoint, one.due) for one in labels}
    assert any(HOST in one.bytes_ for one in cases)
    assert {"", "GET", "POST", "PRI"} == {one.requests[0].method for one in cases}


def test_afterwards_every_service_is_asked_well() -> None:
    """One request each."""
    cases = afterwards(OURS)
    assert [("web", True), ("worker", True)] == [
        (one.label.service, one.label.valid) for one in cases
    ]


def test_who_hangs_when_asked_well_is_not_misused() -> None:
    """It would tell nothing of misuse, and keep everybody waiting."""
    read, taken = Aim(NOTES, NOTES.services[0]).reads[0], Aim(NOTES, NOTES.services[0]).takers[0]
    hung = frozenset((NOTES.services[0].name, one.id) for one in (read, taken))
    labels = [
        *(one.label for one in misuse_cases(NOTES, hung)),
        *(one.label for one in afterwards(NOTES, hung)),
        *(each.label for one in raw_cases(NOTES, hung) for each in one.requests),
    ]
    asked = {one.endpoint for one in labels}
    assert {None} < asked
    assert not {read.id, taken.id} & asked
