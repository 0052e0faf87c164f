"""LIM001 on contract sets made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from seamwright.contract import Answer, ErrorCode, RateLimit
from seamwright.judge.rules.declared_rate_limit import RULE
from seamwright.judge.verdict import CONTRACT
from tests.judge.records import HEALTH, PLACE, READ, SYSTEM, at, fails, make_record

if TYPE_CHECKING:
    from seamwright.contract import System

TOO_MANY = ErrorCode("TOO_MANY", 429, retryable=True, meaning="too many")
LIMIT = RateLimit(limit=10, window_s=60)


def _limited(changes: dict[str, dict[str, Any]] | None = None, **parts: Any) -> System:
    """Every endpoint but health with a limit and a refusal, then changed by its id."""
    services = tuple(
        replace(
            service,
            endpoints=tuple(
                replace(
                    one,
                    **({} if one.id == HEALTH else {"rate_limit": LIMIT}),
                    **({} if one.id == HEALTH else {"errors": (*one.errors, "TOO_MANY")}),
                )
                for one in service.endpoints
            ),
        )
        for service in SYSTEM.services
    )
    services = tuple(
        replace(
            service,
            endpoints=tuple(
                replace(one, **(changes or {}).get(one.id, {})) for one in service.endpoints
            ),
        )
        for service in services
    )
    given: dict[str, Any] = {"errors": (*SYSTEM.errors, TOO_MANY), "services": services, **parts}
    return replace(SYSTEM, **given)


def test_passes_where_every_limit_is_declared() -> None:
    """Each endpoint has its pass; health, outside of the envelope, needs none."""
    verdicts = list(RULE.judge(_limited(), make_record()))
    assert [READ, PLACE, "POST /pay"] == [one.place.endpoint for one in verdicts]
    assert {("pass", (CONTRACT,))} == {(one.outcome.value, one.evidence) for one in verdicts}


def test_health_needs_no_limit_where_there_is_no_envelope() -> None:
    """The health answer is left out by its own declaration."""
    assert [] == at(RULE.judge(_limited(envelope=None), make_record()), HEALTH)


def test_an_answer_without_a_code_may_refuse() -> None:
    """A system whose errors have no codes says 429 in the answers of its endpoints."""
    bare = {"errors": (), "answers": (Answer("4XX", "Refused."),)}
    verdicts = RULE.judge(_limited({READ: bare}), make_record())
    assert [("pass", "", (CONTRACT,))] == at(verdicts, READ)


def test_a_service_without_any_limit_is_one_finding() -> None:
    """How many endpoints have none is told once; a service with one endpoint is told of it."""
    verdicts = list(RULE.judge(SYSTEM, make_record()))
    assert [
        ("none of its 2 endpoints declares a rate limit", (CONTRACT,)),
        ("the endpoint POST /pay declares no rate limit", (CONTRACT,)),
    ] == fails(verdicts)
    assert 1 == len(at(verdicts, "shop"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rate_limit": None, "errors": ()}, "declares no rate limit"),
        ({"rate_limit": None}, "declares no rate limit, and may answer TOO_MANY"),
        (
            {"rate_limit": None, "errors": (), "answers": (Answer("429", "Later."),)},
            "declares no rate limit, and may answer 429",
        ),
        (
            {"rate_limit": RateLimit(limit=0, window_s=60)},
            "declares a rate limit of 0 in 60 s, which nobody can keep",
        ),
        (
            {"rate_limit": RateLimit(limit=1, window_s=-1)},
            "declares a rate limit of 1 in -1 s, which nobody can keep",
        ),
        ({"errors": ()}, "declares a rate limit and no answer with 429"),
    ],
)
def test_fails_on_a_limit_that_is_none(changes: dict[str, Any], said: str) -> None:
    """A missing limit, one that nobody can keep and one without a refusal are told apart."""
    verdicts = list(RULE.judge(_limited({READ: changes}), make_record()))
    assert [(f"the endpoint {READ} {said}", (CONTRACT,))] == fails(verdicts)


def test_fails_on_a_refusal_that_is_final() -> None:
    """Who was too fast may come again: the code must say so."""
    final = replace(TOO_MANY, retryable=False)
    verdicts = list(RULE.judge(_limited(errors=(*SYSTEM.errors, final)), make_record()))
    said = "refuses what is too much with TOO_MANY, which is not retryable"
    assert [f"each of its 2 endpoints {said}", f"the endpoint POST /pay {said}"] == [
        one for one, _ in fails(verdicts)
    ]


@pytest.mark.parametrize(
    "changes",
    [{"errors": ("TOO_MANY",)}, {"answers": (Answer("429", "Later."),)}, {"rate_limit": LIMIT}],
)
def test_what_speaks_of_a_limit_is_judged_though_exempt(changes: dict[str, Any]) -> None:
    """Half of a declaration is a fault wherever it stands."""
    verdicts = list(RULE.judge(_limited({HEALTH: changes}), make_record()))
    assert ["fail"] == [outcome for outcome, _, _ in at(verdicts, HEALTH)]


def test_nothing_is_said_where_nothing_can_be_limited() -> None:
    """A service with its health alone gives no verdict, so its row stays unproven."""
    shop, bank = SYSTEM.services
    services = (replace(shop, endpoints=shop.endpoints[2:]), replace(bank, endpoints=()))
    assert [] == list(RULE.judge(replace(SYSTEM, services=services), make_record()))
