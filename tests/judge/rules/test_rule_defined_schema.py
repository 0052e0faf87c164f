"""SCH002 on contract sets made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from seamwright.contract import Answer, Exemption, Message, Root
from seamwright.judge.rules.defined_schema import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.records import ENVELOPE, SYSTEM, at, fails, make_record

if TYPE_CHECKING:
    from seamwright.contract import Envelope, System

BANK = SYSTEM.services[1]
PAY = "POST /pay"
NO_SCHEMA = "its success has no schema"


class Vague(Message):
    """Two of its parts are not said."""

    id: Any
    lines: list[object]


class Anything(Root[Any]):
    """Not said at all."""


def _paying(envelope: Envelope | None = ENVELOPE, **changes: Any) -> System:
    pay = replace(BANK.endpoints[0], **changes)
    services = (SYSTEM.services[0], replace(BANK, endpoints=(pay,)))
    return replace(SYSTEM, services=services, envelope=envelope)


def test_passes_where_every_part_is_said() -> None:
    """Each endpoint has its pass, with the contract set as evidence."""
    verdicts = list(RULE.judge(SYSTEM, make_record()))
    assert 4 == len(verdicts)
    assert {("pass", (CONTRACT,))} == {(one.outcome.value, one.evidence) for one in verdicts}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("request", "request"),
        ("path_values", "path"),
        ("query", "query"),
        ("headers", "request header"),
        ("response", "response"),
    ],
)
def test_fails_on_a_part_that_may_be_anything(place: str, name: str) -> None:
    """Wherever the message is used, the first open part is named and the others counted."""
    changes: dict[str, Any] = {place: Vague}
    if place == "path_values":
        changes["path"] = "/pay/{lines}/{id}"
    verdicts = list(RULE.judge(_paying(ENVELOPE, **changes), make_record()))
    assert [(f"its {name} may be anything at /id and 1 more", (CONTRACT,))] == fails(verdicts)


def test_fails_on_another_answer_that_may_be_anything() -> None:
    """What is answered beside the success is read too, and one without a body is none."""
    answers = (Answer("404", "None.", body=Anything), Answer("default", "All else."))
    verdicts = RULE.judge(_paying(answers=answers), make_record())
    assert [("fail", "its answer 404 may be anything", (CONTRACT,))] == at(verdicts, PAY)


def test_all_faults_of_an_endpoint_are_one_verdict() -> None:
    """An endpoint is told once, with everything that it lacks."""
    verdicts = RULE.judge(_paying(request=Anything, response=None), make_record())
    said = f"{NO_SCHEMA}; its request may be anything"
    assert [("fail", said, (CONTRACT,))] == at(verdicts, PAY)


@pytest.mark.parametrize("changes", [{}, {"status": 201}, {"status": 202}, {"method": "DELETE"}])
@pytest.mark.parametrize("envelope", [ENVELOPE, None], ids=["envelope", "bare"])
def test_fails_on_a_success_without_schema(
    changes: dict[str, Any], envelope: Envelope | None
) -> None:
    """JSON that nobody described is found, with an envelope and without."""
    verdicts = RULE.judge(_paying(envelope, response=None, **changes), make_record())
    assert [(NO_SCHEMA, (CONTRACT,))] == fails(verdicts)


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ("application/json", [(NO_SCHEMA, (CONTRACT,))]),
        ("application/problem+json; charset=utf-8", [(NO_SCHEMA, (CONTRACT,))]),
        ("text/html", []),
        ("", []),
    ],
)
def test_only_json_needs_a_schema(media: str, expected: list[object]) -> None:
    """A page has none, JSON does, as the exemption or else the endpoint says."""
    exempt = replace(ENVELOPE, exempt=(Exemption("bank", PAY, media, "a reason"),))
    verdicts = RULE.judge(_paying(exempt, response=None), make_record())
    assert expected == fails(verdicts)
    for envelope in (ENVELOPE, None):
        system = _paying(envelope, response=None, response_media=media)
        assert expected == fails(RULE.judge(system, make_record()))


@pytest.mark.parametrize(
    "changes", [{"status": 204}, {"status": 205}, {"status": 303}, {"method": "HEAD"}]
)
def test_what_has_no_body_needs_no_schema(changes: dict[str, Any]) -> None:
    """No content, a redirect and HEAD pass without one."""
    verdicts = list(RULE.judge(_paying(response=None, **changes), make_record()))
    assert [] == fails(verdicts)
    assert 4 == len(verdicts)


def test_nothing_is_said_where_there_is_nothing() -> None:
    """A system without endpoints gives no verdict, so its row stays unproven."""
    empty = replace(SYSTEM, services=(), edges=(), envelope=None)
    assert [] == list(RULE.judge(empty, make_record()))
