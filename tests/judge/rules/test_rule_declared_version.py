"""VER002 on contract sets made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from seamwright.contract import Version
from seamwright.judge.rules.declared_version import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.records import SYSTEM, fails, make_record

if TYPE_CHECKING:
    from seamwright.contract import System

SHOP, BANK = SYSTEM.services
REFUSES = "refuses an unknown version"


def _told(system: System) -> list[tuple[str, str]]:
    return [(one.outcome.value, one.said) for one in RULE.judge(system, make_record())]


def _pathed(*paths: str) -> System:
    """The shop alone, without a version, with these paths and its health."""
    endpoints = [replace(SHOP.endpoints[0], path=one, errors=()) for one in paths]
    service = replace(SHOP, endpoints=(*endpoints, SHOP.endpoints[2]))
    return replace(SYSTEM, services=(service, replace(BANK, endpoints=())), version=None)


def test_passes_with_a_version_that_is_refused() -> None:
    """A header, a value and a refusal for every endpoint are all that it takes."""
    (verdict,) = RULE.judge(SYSTEM, make_record())
    assert ("pass", (CONTRACT,)) == (verdict.outcome.value, verdict.evidence)


def test_a_refusal_may_be_declared_by_each_endpoint() -> None:
    """Health and what is outside of the envelope need not declare it; all others may do so."""
    services = tuple(
        replace(
            one,
            endpoints=tuple(
                each
                if each.path == "/health"
                else replace(each, errors=(*each.errors, "NO_SUCH_VERSION"))
                for each in one.endpoints
            ),
        )
        for one in SYSTEM.services
    )
    assert [("pass", "")] == _told(replace(SYSTEM, services=services, everywhere=()))


def test_fails_without_a_version() -> None:
    """The row demands the declaration itself: one finding for the whole system."""
    said = "the contract set declares no version"
    assert [(said, (CONTRACT,))] == fails(RULE.judge(replace(SYSTEM, version=None), make_record()))


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (Version("", "2", "NO_SUCH_VERSION"), "the header of the version has no name"),
        (Version("x version", "2", "NO_SUCH_VERSION"), "the header of the version has no name"),
        (Version("x-version", " ", "NO_SUCH_VERSION"), "the version is blank"),
    ],
)
def test_fails_on_a_version_that_cannot_be_told(version: Version, said: str) -> None:
    """A header that HTTP does not allow and a blank value are no version."""
    (outcome, told), *others = _told(replace(SYSTEM, version=version))
    assert ("fail", []) == (outcome, others)
    assert said in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": 500}, f"NO_SUCH_VERSION {REFUSES} with 500, not with a 4xx"),
        ({"retryable": True}, f"NO_SUCH_VERSION {REFUSES}, and says that trying again may help"),
    ],
)
def test_fails_on_a_refusal_that_is_none(changes: dict[str, Any], said: str) -> None:
    """The caller must learn that the request is wrong, and stays so."""
    errors = tuple(
        replace(one, **changes) if one.code == "NO_SUCH_VERSION" else one for one in SYSTEM.errors
    )
    assert [("fail", said)] == _told(replace(SYSTEM, errors=errors))


def test_fails_where_an_endpoint_may_not_refuse() -> None:
    """The endpoints that do not declare the refusal are counted, the first is named."""
    said = (
        f"NO_SUCH_VERSION {REFUSES}, and not every endpoint may answer it: "
        "shop GET /orders/{id} is the first of 3"
    )
    assert [("fail", said)] == _told(replace(SYSTEM, everywhere=()))


@pytest.mark.parametrize("paths", [["/v1/orders"], ["/api/V2/a", "/v1", "/v1.json"]])
def test_unproven_where_all_paths_tell_a_version(paths: list[str]) -> None:
    """A version in the paths is one, though nothing is declared of it."""
    (outcome, said), *others = _told(_pathed(*paths))
    assert ("unproven", []) == (outcome, others)
    assert "v1" in said


@pytest.mark.parametrize("paths", [["/v1/orders", "/orders"], ["/video/1"], []])
def test_fails_where_a_path_tells_none(paths: list[str]) -> None:
    """One path without a version is a hole in the strategy."""
    assert [("fail", "the contract set declares no version")] == _told(_pathed(*paths))


def test_health_needs_no_version_where_there_is_no_envelope() -> None:
    """The path of the health answer is left out by its own declaration."""
    (outcome, _) = _told(replace(_pathed("/v1/orders"), envelope=None))[0]
    assert "unproven" == outcome


def test_nothing_is_said_where_there_is_nothing() -> None:
    """A system without services gives no verdict, so its row stays unproven."""
    assert [] == _told(replace(SYSTEM, services=(), edges=(), envelope=None))
