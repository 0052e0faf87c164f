"""POS001: what the contract lets in is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.driven import by_endpoint, place_of, settled, why_not_driven
from seamwright.judge.request_fault import fits
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("POS001")
_SHOWN = 6
_SUCCESSES = range(200, 300)
_FITTING = (Purpose.GENERATED, Purpose.WELL)
_REFUSALS = frozenset({400, 415, 422})
"""Those that say that the request itself is wrong, whatever there is and whoever asks."""


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a request as the team sends it was let in, and none was refused.

    Such a request fits its schemas: that is proven anew. Those that were made from the schemas are
    judged for the whole service, as a note: there are demands that no schema can tell.
    """
    for service, endpoint, exchanges in by_endpoint(system, record):
        if endpoint is None:
            continue
        place = place_of(service, endpoint)
        sent = [one for one in exchanges if _is_of(endpoint, one, Purpose.WELL)]
        refused = [one for one in sent if _status(one) in _REFUSALS]
        taken = [one.id for one in sent if _status(one) in _SUCCESSES]
        for one in refused:
            said = f"{_status(one)} for a request that fits all that the contract says of it"
            yield _BENCH.failed(place, said, [one.id])
        reason = "no request as the team sends it was let in" if exchanges else ""
        why = reason or why_not_driven(record, service.name)
        yield from settled(_BENCH, place, taken, wrong=bool(refused), why=why)
    yield from judge_document(system, record)


def judge_document(system: System, record: Record) -> Iterator[Verdict]:
    """One note for a service: how many well-formed requests were refused, and where.

    It is all that can be said where the contract was made of a service's own document: whether the
    service is wrong to refuse, or the document says too little, nobody can tell from outside.
    """
    noted: dict[str, dict[str, list[str]]] = {}
    for service, endpoint, exchanges in by_endpoint(system, record):
        for one in exchanges if endpoint else ():
            if endpoint and _status(one) in _REFUSALS and _is_of(endpoint, one, *_FITTING):
                at = noted.setdefault(service.name, {})
                at.setdefault(endpoint.id, []).append(one.id)
    for name, refused in noted.items():
        yield _BENCH.noted(
            Place(name), _note(refused), [ids[0] for ids in refused.values()][:_SHOWN]
        )


def _note(refused: dict[str, list[str]]) -> str:
    count = sum(map(len, refused.values()))
    named = ", ".join(list(refused)[:_SHOWN])
    more = f" and {len(refused) - _SHOWN} more" if len(refused) > _SHOWN else ""
    many = (
        "requests that fit their schemas were" if count > 1 else "request that fits its schemas was"
    )
    return (
        f"{count} {many} refused, at {named}{more}: either the service refuses too much, or its"
        " contract says too little"
    )


def _is_of(endpoint: Endpoint, one: Exchange, *purposes: Purpose) -> bool:
    """Whether an exchange was made for one of these, and fits what the contract says."""
    case, request = one.case, one.request
    if case is None or request is None or one.response is None:
        return False
    if case.purpose not in purposes or not case.valid or request.method != endpoint.method:
        return False
    return fits(endpoint, request)


def _status(one: Exchange) -> int:
    return one.response.status if one.response else 0


RULE = Rule(
    code="POS001",
    title="What the contract lets in is let in",
    why="Who keeps to a contract and is refused all the same cannot know what else to keep to.",
    source='Seed, "API Contracts": every endpoint has defined request/response schemas',
    judge=judge,
)
OF_DOCUMENT = Rule(RULE.code, RULE.title, RULE.why, RULE.source, judge_document)
"""The same of a service whose contract was made of its own document: a note, never a failure."""
