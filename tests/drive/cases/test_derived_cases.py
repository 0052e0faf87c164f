"""What the contract alone tells must be refused, and how."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from jsonschema_rs import validator_for

from conformance import CONFORMANCE
from contracts import SYSTEM
from seamwright.contract import ErrorCode
from seamwright.contract.derive.json_schema import message_schema
from seamwright.drive.cases.conformance import Conformance
from seamwright.drive.cases.derived import derived_cases, refused_case
from seamwright.drive.cases.provocation import Provocation
from seamwright.drive.cases.step import Step
from tests.miniatures import contract

if TYPE_CHECKING:
    from seamwright.drive.cases.case import Case

KEPT: dict[str, str] = dict.fromkeys(
    ("prospect", "campaign", "email"), "11111111-1111-4111-8111-111111111111"
)
KNOWN = frozenset({"user", "web", "cron"})
CASES = derived_cases(SYSTEM, CONFORMANCE, KEPT, KNOWN)
SENDS = "POST /api/send-email"


def _of(code: str, endpoint: str, service: str = "worker") -> list[Case]:
    """The cases that are to bring a code about at an endpoint."""
    return [
        one
        for one in CASES
        if one.label.reason.partition(":")[0] == code
        and (one.label.service, one.label.endpoint) == (service, endpoint)
    ]


def test_each_has_a_name_of_its_own_and_no_request_id() -> None:
    """None of them is valid, and the service must make an ID for each."""
    assert len(CASES) == len({one.label.id for one in CASES})
    assert {(None, False)} == {(one.label.request_id, one.label.valid) for one in CASES}
    assert {"content-type"} >= {name for one in CASES for name, _ in one.headers}


def test_nobody_and_somebody_else_ask() -> None:
    """Without a credential, and with each that is known and not let in."""
    (nobody,) = _of("UNAUTHORIZED", SENDS)
    assert nobody.credential is None
    assert {"prospectId", "campaignId"} == json.loads(nobody.body).keys()
    assert ["cron", "user"] == [one.credential for one in _of("FORBIDDEN", SENDS)]


def test_a_body_is_proven_to_be_wrong() -> None:
    """One that the schema refuses and one that is not JSON, sent as JSON; and one sent as text."""
    endpoint = SYSTEM.services[1].endpoint(SENDS)
    assert endpoint is not None
    assert endpoint.request is not None
    valid = validator_for(message_schema(endpoint.request)).is_valid
    wrong, broken = _of("VALIDATION_FAILED", SENDS)
    assert not valid(json.loads(wrong.body))
    assert b"{" == broken.body
    (text,) = _of("UNSUPPORTED_MEDIA_TYPE", SENDS)
    assert (("content-type", "text/plain"),) == text.headers
    assert valid(json.loads(text.body))


def test_places_and_queries_are_wrong() -> None:
    """A path parameter that is no UUID, one that nothing has, a number that is none."""
    (no_uuid,) = _of("VALIDATION_FAILED", "GET /api/emails/{emailId}")
    assert "/api/emails/not-a-uuid" == no_uuid.target
    (missing,) = _of("EMAIL_NOT_FOUND", "GET /api/emails/{emailId}")
    assert "/api/emails/00000000-0000-4000-8000-000000000000" == missing.target
    (no_number,) = _of("VALIDATION_FAILED", "GET /api/emails")
    assert "limit=not-a-number" in no_number.target
    (no_query,) = _of("VALIDATION_FAILED", "GET /api/search", "web")
    assert "/api/search" == no_query.target


def test_a_large_body_comes_once_for_a_service() -> None:
    """Its code is one that any endpoint may answer."""
    large = [one for one in CASES if len(one.body) > 1 << 20]
    assert ["web", "worker"] == [one.label.service for one in large]
    assert {"PAYLOAD_TOO_LARGE"} == {one.label.reason.partition(":")[0] for one in large}


def test_a_large_body_comes_to_the_endpoint_that_declares_it() -> None:
    """An endpoint's own code is its own."""
    codes = (
        ErrorCode("TOO_LARGE", 413, retryable=False, meaning="too large"),
        ErrorCode("TOO_OFTEN_HERE", 429, retryable=True, meaning="too many"),
    )
    (service,) = contract.SYSTEM.services
    endpoints = tuple(
        replace(one, errors=(*one.errors, "TOO_LARGE", "TOO_OFTEN_HERE"))
        if one.id == "POST /notes"
        else one
        for one in service.endpoints
    )
    system = replace(
        contract.SYSTEM,
        errors=(*contract.SYSTEM.errors, *codes),
        services=(replace(service, endpoints=endpoints),),
    )
    made = derived_cases(system, contract.CONFORMANCE, {}, frozenset())
    (large,) = [one for one in made if len(one.body) > 1 << 20]
    assert "POST /notes" == large.label.endpoint


def test_what_the_team_says_is_left_to_it() -> None:
    """A code that the team provokes itself is not derived."""
    own = Provocation("UNAUTHORIZED", Step("worker", SENDS))
    told = replace(CONFORMANCE, provocations=(own,))
    made = derived_cases(SYSTEM, told, KEPT, KNOWN)
    assert not [
        one
        for one in made
        if one.label.endpoint == SENDS and one.label.reason.startswith("UNAUTHORIZED")
    ]


def test_without_a_journey_examples_do() -> None:
    """A step that uses what was not kept, or that there is not, is made of the contract."""
    for conformance in (CONFORMANCE, Conformance()):
        made = derived_cases(SYSTEM, conformance, {}, KNOWN)
        (nobody,) = [
            one
            for one in made
            if one.label.endpoint == SENDS and one.label.reason.startswith("UNAUTHORIZED")
        ]
        assert {"prospectId", "campaignId"} <= json.loads(nobody.body).keys()


def test_a_refused_case_is_there_where_the_contract_refuses_anything() -> None:
    """A read without parameters refuses nothing for what it says."""
    service = SYSTEM.services[1]
    found = {
        one.id: refused_case(SYSTEM, CONFORMANCE, KEPT, service, one) for one in service.endpoints
    }
    assert found[SENDS] is not None
    assert found["GET /api/emails"] is not None
    assert found["GET /api/analytics"] is None
