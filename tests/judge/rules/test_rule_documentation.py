"""DOC001 on API references made from contract sets, and on others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract.derive.places import Places
from seamwright.contract.derive.published import published
from seamwright.judge.rules.documentation import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.publications import PLACES, publishing
from tests.judge.records import PLACE, SYSTEM, at, fails, make_record

SHOP, BANK = SYSTEM.services
EVIDENCE = (CONTRACT, "published")
REFERENCE = published(SYSTEM, PLACES)["api.md"]


def _without(line: str) -> str:
    """The reference without the lines that begin so."""
    assert any(one.startswith(line) for one in REFERENCE.splitlines())
    return "\n".join(one for one in REFERENCE.splitlines() if not one.startswith(line))


def test_passes_with_everything_in_the_reference() -> None:
    """Each endpoint, code and edge passes, with the contract set and what was found as evidence."""
    verdicts = list(RULE.judge(SYSTEM, publishing(SYSTEM)))
    for where in (PLACE, "POST /pay", "OUT_OF_STOCK", "shop→post"):
        assert [("pass", "", EVIDENCE)] == at(verdicts, where)
    assert 4 + 5 + 2 == len(verdicts)
    assert [] == fails(verdicts)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("### POST /orders", "the endpoint has no section in the API reference"),
        ("### POST /pay", "the endpoint has no section in the API reference"),
        ("| shop | post |", "the edge has no row in the API reference"),
        ("| OUT_OF_STOCK |", "the error code has no row in the API reference"),
    ],
)
def test_fails_on_what_the_reference_lacks(line: str, said: str) -> None:
    """One finding where it is lacking, and the rest passes."""
    verdicts = list(RULE.judge(SYSTEM, publishing(SYSTEM, {"api.md": _without(line)})))
    assert [(said, EVIDENCE)] == fails(verdicts)


def test_a_section_in_another_service_is_none() -> None:
    """Two services with one path need two sections."""
    twice = replace(BANK, endpoints=(*BANK.endpoints, SHOP.endpoints[2]))
    system = replace(SYSTEM, services=(SHOP, twice))
    verdicts = list(RULE.judge(system, publishing(system, {"api.md": REFERENCE})))
    assert [("bank", "GET /health")] == [
        (one.place.service, one.place.endpoint) for one in verdicts if one.outcome == "fail"
    ]


@pytest.mark.parametrize("words", ["", " ", "TODO", "…"])
def test_fails_where_nothing_is_said(words: str) -> None:
    """A summary and a meaning that are none document nothing; the reason of an edge is MOD001's."""
    said = f"the API reference says nothing of it: its text is {words!r}"
    endpoints = (replace(SHOP.endpoints[0], summary=words), *SHOP.endpoints[1:])
    for system in (
        replace(SYSTEM, services=(replace(SHOP, endpoints=endpoints), BANK)),
        replace(SYSTEM, errors=(replace(SYSTEM.errors[0], meaning=words), *SYSTEM.errors[1:])),
    ):
        assert [(said, EVIDENCE)] == fails(RULE.judge(system, publishing(system)))
    unsaid = replace(SYSTEM, edges=(replace(SYSTEM.edges[0], reason=words), SYSTEM.edges[1]))
    assert [] == fails(RULE.judge(unsaid, publishing(unsaid)))


@pytest.mark.parametrize("text", [None, "", "\n \n"])
def test_fails_without_the_reference_that_is_named(text: str | None) -> None:
    """One finding about the file, not one about everything that it lacks."""
    (verdict,) = RULE.judge(SYSTEM, publishing(SYSTEM, {"api.md": text}))
    said = "the API reference api.md is not there, or is empty"
    assert ("fail", "api.md", said) == (verdict.outcome, verdict.place.aspect, verdict.said)


def test_unproven_where_no_reference_is_named() -> None:
    """A project that publishes nothing, or only for programs, leaves the question open."""
    (nothing,) = RULE.judge(SYSTEM, make_record())
    (others,) = RULE.judge(SYSTEM, publishing(SYSTEM, places=Places("schemas")))
    assert [
        ("unproven", "the subject file has no table [published]"),
        ("unproven", "the subject file names no api_reference under [published]"),
    ] == [(one.outcome, one.said) for one in (nothing, others)]
