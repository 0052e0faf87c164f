"""HEA001: a health answer says how the service and each of its dependencies does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from seamwright.judge.body import NotJson, parse
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seamwright.contract.health import Health
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Response

_BENCH = Bench("HEA001")
_FIRST_ERROR = 400
_FIRST_FAULT = 500


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A service passes when its health was asked, and every answer was complete and consistent."""
    for service in system.services:
        health = service.health
        if health is None:
            yield _BENCH.unproven(Place(service.name), "the contract declares no health endpoint")
            continue
        place = Place(service.name, f"GET {health.path}")
        asked = [
            one
            for one in record.driven()
            if one.edge == f"driver→{service.name}"
            and one.request is not None
            and (one.request.method, one.request.path) == ("GET", health.path)
            and one.response is not None
            and not _is_refusal(one)
        ]
        if not asked:
            why = record.why_unseen(service.name) or "its health was not asked, or not answered"
            yield _BENCH.unproven(place, why)
            continue
        wrong = False
        for one in asked:
            fault = _fault(health, one.response) if one.response else None
            if fault:
                wrong = True
                yield _BENCH.failed(place, fault, [one.id])
        if not wrong:
            yield _BENCH.passed(place, [one.id for one in asked])


def _is_refusal(one: Exchange) -> bool:
    """Whether a request that is not well-formed was refused: that tells nothing of the health."""
    refused = one.response is not None and _FIRST_ERROR <= one.response.status < _FIRST_FAULT
    return refused and one.case is not None and not one.case.valid


def _fault(health: Health, answer: Response) -> str | None:
    try:
        body = parse(answer)
    except NotJson as error:
        return str(error)
    if not isinstance(body, dict):
        return "the body is not an object"
    report = cast("Mapping[str, object]", body)
    status = report.get("status")
    words = ", ".join(health.statuses)
    if status not in health.statuses:
        return f"`status` is not one of {words}"
    told = report.get("dependencies")
    if not isinstance(told, dict):
        return "`dependencies` is missing"
    dependencies = cast("Mapping[str, object]", told)
    missing = [name for name in health.dependencies if name not in dependencies]
    if missing:
        return f"`dependencies` lacks {', '.join(missing)}"
    if any(value not in health.statuses for value in dependencies.values()):
        return f"a dependency is not one of {words}"
    worst = status == health.statuses[-1]
    agrees = answer.status == health.unhealthy_status if worst else answer.status < _FIRST_ERROR
    if not agrees:
        return f"`status` and the HTTP status {answer.status} contradict each other"
    return None


RULE = Rule(
    code="HEA001",
    title="A health answer names the state of every dependency",
    why="A health check that only says that the process runs detects none of the failures.",
    source='Seed, "Add Health Check Endpoints"',
    judge=judge,
)
