"""The census of formats: in how many formats a service answers, who does so, and in which cases.

    exchanges ─ format_of ─▶ formats, alike ones joined ─▶ for each: operations, causes, examples

Failures are counted by their whole shape. Successes carry data of their own, so they are counted by
what is around it: the envelope where they have it, else their kind alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jsonschema_rs import validator_for

from seamwright.contract.derive.json_schema import envelope_schema
from seamwright.contract.envelope import Role
from seamwright.judge.answer_format import OBJECT, Format
from seamwright.judge.answer_formats import formats_of
from seamwright.judge.body import NotJson, bodiless, media_type, parse
from seamwright.judge.http_answer import is_of_http, is_of_parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonschema_rs import Validator

    from seamwright.contract.system import System
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Response

_FIRST_ERROR = 400
UNREADABLE = "what cannot be read"
"""The cause of answers that a server's parser may have given."""

_OTHER_ROUTES = "routes that do not exist"
_CAUSES = {
    400: "malformed request",
    401: "no credential",
    403: "not allowed",
    404: "no such thing",
    405: "wrong method",
    406: "no form that is acceptable",
    408: "too slow a request",
    409: "conflict",
    411: "no length",
    413: "too large a body",
    414: "too long a target",
    415: "wrong content type",
    422: "body that is not valid",
    429: "too many requests",
    431: "too large headers",
}
"""Status → what brings it about (RFC 9110, 15.5; RFC 6585)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One format and who answers in it.

    Attributes:
        format: which; optional members are those that some answers lack.
        count: answers in it.
        operations: that answer in it, in order of name.
        causes: what brought these answers about, in order of name.
        spread: how many pairs of an operation and a cause there are.
        evidence: ids of exchanges, the smallest request first.
        declared: whether it is the form of the contract's envelope.
    """

    format: Format
    count: int
    operations: tuple[str, ...]
    causes: tuple[str, ...]
    spread: int
    evidence: tuple[str, ...]
    declared: bool


@dataclass(frozen=True, slots=True)
class Census:
    """The formats of one service.

    Attributes:
        service: whose.
        failures: the formats of its failures: the declared one first, else the one that prevails:
            an object rather than a text, then what most operations and causes have.
        successes: the formats of its successes, likewise.
    """

    service: str
    failures: tuple[Counted, ...]
    successes: tuple[Counted, ...]


def census(system: System, record: Record) -> tuple[Census, ...]:
    """The census of every service that was driven."""
    found: list[Census] = []
    for service in system.services:
        seen = [
            one
            for one in record.driven()
            if one.case is not None and one.case.service == service.name and _counts(system, one)
        ]
        failures = [one for one in seen if _status(one) >= _FIRST_ERROR]
        successes = [one for one in seen if _status(one) < _FIRST_ERROR]
        if seen:
            found.append(
                Census(
                    service.name,
                    _counted(system, record, failures, failed=True),
                    _counted(system, record, successes, failed=False),
                )
            )
    return tuple(found)


def _counts(system: System, one: Exchange) -> bool:
    """Whether an exchange has an answer whose format is the envelope's business."""
    answer = one.response
    if answer is None or answer.truncated or bodiless(one, answer) or answer.status < 200:
        return False
    if is_of_http(one):
        return False
    endpoint = one.case.endpoint if one.case else None
    service = one.case.service if one.case else ""
    return not (system.envelope and system.envelope.exemption(service, endpoint))


def _status(one: Exchange) -> int:
    return one.response.status if one.response else 0


def _counted(
    system: System, record: Record, exchanges: Iterable[Exchange], *, failed: bool
) -> tuple[Counted, ...]:
    schema = envelope_schema(system, failed=failed)
    declared = validator_for(schema) if schema else None
    by_format: dict[tuple[Format, bool], list[Exchange]] = {}
    for one, shape in formats_of(system, exchanges):
        fits = declared is not None and _fits(system, declared, one.response, failed=failed)
        told = shape if failed else _around_data(system, shape) if fits else _bare(shape)
        by_format.setdefault((told, fits), []).append(one)
    groups: list[tuple[Format, bool, list[Exchange]]] = []
    for (shape, fits), same in sorted(by_format.items(), key=lambda item: -record.times(item[1])):
        for number, (known, theirs, members) in enumerate(groups):
            # All that fit the envelope are one format, whatever they leave out of it.
            if theirs == fits and (fits or known.is_like(shape)):
                groups[number] = (known.joined(shape), fits, [*members, *same])
                break
        else:
            groups.append((shape, fits, same))
    made = [_of(record, shape, same, declared=fits) for shape, fits, same in groups]
    return tuple(sorted(made, key=_rank))


def _around_data(system: System, shape: Format) -> Format:
    """The format of an enveloped success, whatever its data is."""
    member = system.envelope.success.member(Role.DATA) if system.envelope else None
    path = member.path if member else ()
    if not path:
        return _bare(shape)
    kept = {
        (at, "data" if at == path else kind)
        for at, kind in shape.members
        if at == path or at[: len(path)] != path
    }
    return replace(shape, members=frozenset(kept), sure=frozenset(at for at, _ in kept))


def _bare(shape: Format) -> Format:
    """The format of a success whose whole body is its data."""
    return Format(shape.media, shape.kind)


def _rank(one: Counted) -> tuple[bool, bool, int, int, str]:
    """The declared one first, then one that programs can read, then the one that most have."""
    readable = one.format.kind == OBJECT
    return not one.declared, not readable, -one.spread, -one.count, one.format.words


def _of(record: Record, shape: Format, exchanges: list[Exchange], *, declared: bool) -> Counted:
    operations = Counter(_operation(one) for one in exchanges)
    smallest = sorted(exchanges, key=lambda one: (one.asked_size, one.id))
    return Counted(
        format=shape,
        count=record.times(exchanges),
        operations=tuple(sorted(operations)),
        causes=tuple(sorted({_cause(one) for one in exchanges})),
        spread=len({(_operation(one), _cause(one)) for one in exchanges}),
        evidence=tuple(one.id for one in smallest),
        declared=declared,
    )


def _operation(one: Exchange) -> str:
    return (one.case.endpoint if one.case else None) or _OTHER_ROUTES


def _cause(one: Exchange) -> str:
    """What brought an answer about, as far as its status tells."""
    status = _status(one)
    if status < _FIRST_ERROR:
        return "success"
    if is_of_parser(one):
        return UNREADABLE
    if status == 404 and one.case is not None and one.case.endpoint is None:
        return "unknown route"
    return _CAUSES.get(status, "fault of the service" if status >= 500 else "other refusal")


def _fits(system: System, declared: Validator, answer: Response | None, *, failed: bool) -> bool:
    envelope = system.envelope
    form = (envelope.failure if failed else envelope.success) if envelope else None
    if form is None or answer is None or media_type(answer) != form.content_type:
        return False
    try:
        return declared.is_valid(parse(answer))
    except NotJson:
        return False
