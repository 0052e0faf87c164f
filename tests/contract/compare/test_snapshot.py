"""A snapshot has all that a contract set says, and goes to JSON and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts import SYSTEM as SEED
from seamwright.contract.compare.comparison import compare
from seamwright.contract.compare.snapshot import Snapshot, from_json, snapshot, to_json
from tests.contract.compare.promise_cases import BASE, contract
from tests.contract.other_envelopes import DETAIL_SYSTEM, PROBLEM_SYSTEM
from tests.judge.records import SYSTEM

SYSTEMS = {"seed": SEED, "own": SYSTEM, "problem": PROBLEM_SYSTEM, "detail": DETAIL_SYSTEM}
SETS = [snapshot(one) for one in SYSTEMS.values()]


@pytest.mark.parametrize("taken", [*SETS, contract(BASE)], ids=[*SYSTEMS, "base"])
def test_a_snapshot_goes_to_json_and_back(taken: Snapshot) -> None:
    """What comes back is equal, and nothing differs from itself."""
    back = from_json(to_json(taken))
    assert taken == back
    assert () == compare(taken, back).changes


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": 1}', "null", "{" * 10_000])
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    """Whatever else comes over from the other process."""
    with pytest.raises(ValueError, match="Snapshot"):
        from_json(text)


def test_an_envelope_is_told_once() -> None:
    """A member that left the envelope is one change, not one for each endpoint."""
    envelope = SEED.envelope
    assert envelope
    (flag, *rest) = envelope.success.members
    assert "/success" == flag.at
    success = replace(envelope.success, members=tuple(rest))
    new = replace(SEED, envelope=replace(envelope, success=success))
    found = compare(snapshot(SEED), snapshot(new)).changes
    assert ["ENV-MEMBER-REMOVED-REQUIRED"] == [one.code for one in found]


def test_the_interface_of_a_set_is_that_of_its_messages() -> None:
    """An endpoint that took another message is told by the properties of its body."""
    (web, *others) = SEED.services
    create = web.endpoint("POST /api/prospects")
    change = web.endpoint("PATCH /api/prospects/{id}")
    assert create
    assert change
    other = replace(create, request=change.request)
    endpoints = tuple(other if one is create else one for one in web.endpoints)
    new = replace(SEED, services=(replace(web, endpoints=endpoints), *others))
    found = compare(snapshot(SEED), snapshot(new)).changes
    assert {"web"} == {one.service for one in found}
    assert {"POST /api/prospects"} == {" ".join(one.where.split()[:2]) for one in found}
    assert "REQ-PROPERTY-BECAME-OPTIONAL" in {one.code for one in found}


def test_a_set_without_a_version_has_none() -> None:
    """It can never move."""
    bare = replace(SYSTEM, version=None)
    assert "" == snapshot(bare).version
    assert not compare(snapshot(bare), snapshot(bare)).moved
