"""SCH001: every endpoint's success is what its schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonschema_rs import validator_for

from seamwright.contract.derive.json_schema import success_schema
from seamwright.judge.body import NotJson, parse
from seamwright.judge.driven import by_endpoint, place_of, why_not_driven
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.schema_error import first_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import Validator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("SCH001")
_FIRST_ERROR = 400


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a success of it was seen, and all its successes fit."""
    for service, endpoint, exchanges in by_endpoint(system, record):
        if endpoint is None:
            continue
        schema = success_schema(system, service.name, endpoint)
        if schema is None:
            continue
        place = place_of(service, endpoint)
        successes = [one for one in exchanges if _success(one)]
        if not successes:
            reason = "no success of it was seen" if exchanges else ""
            yield _BENCH.unproven(place, reason or why_not_driven(record, service.name))
            continue
        validator = validator_for(schema, validate_formats=True)
        faults = [(one, fault) for one in successes if (fault := _fault(one, validator))]
        for one, fault in faults:
            yield _BENCH.failed(place, fault, [one.id])
        if not faults:
            yield _BENCH.passed(place, [one.id for one in successes])


def _success(one: Exchange) -> bool:
    answer = one.response
    return (
        answer is not None
        and not answer.truncated
        and answer.status < _FIRST_ERROR
        and one.request is not None
        and one.request.method != "HEAD"
    )


def _fault(one: Exchange, validator: Validator) -> str | None:
    if one.response is None:
        return None
    try:
        body = parse(one.response)
    except NotJson as error:
        return str(error)
    return first_error(validator, body)


RULE = Rule(
    code="SCH001",
    title="Every success is what its schema says",
    why="A field that is missing or of another type breaks whoever reads it.",
    source='Seed, "API Contracts": every endpoint has defined request/response schemas',
    judge=judge,
)
