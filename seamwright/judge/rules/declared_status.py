"""STS001: where no error codes are declared, a success has a declared status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.driven import by_endpoint, place_of, settled, why_not_driven
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("STS001", spans=True)
_SHOWN = 6
_SUCCESSES = range(200, 300)
_NOTED = range(300, 500)
_PARTIAL = 206
_OF_ANY = frozenset({304, 401, 405, 406, 408, 411, 413, 414, 415, 417, 421, 425, 426, 429, 431})
"""What HTTP itself, a login or a limit may answer anywhere; documents rarely repeat it."""
_PLAIN = frozenset({Purpose.WELL, Purpose.BAD, Purpose.GENERATED, Purpose.WALK})
_Noted = dict[int, list[tuple[str, str]]]
"""Status → endpoints and exchanges."""


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a success of it was seen, and all had a status that is declared.

    Failures and redirects that are not declared are one note for the service: documents seldom
    list all of them, and a caller must be ready for them. ERR001 judges statuses where the contract
    has a catalogue of codes: one fault, one finding.
    """
    form = system.envelope.failure if system.envelope else None
    is_told = bool(system.errors) and form is not None and form.member(Role.CODE) is not None
    noted: dict[str, _Noted] = {}
    for service, endpoint, exchanges in by_endpoint(system, record):
        if endpoint is None:
            continue
        place = place_of(service, endpoint)
        if is_told:
            yield _BENCH.unproven(place, "the contract declares error codes; ERR001 judges it")
            continue
        plain = [one for one in exchanges if _is_plain(endpoint, one)]
        for one in plain:
            status = _status(one)
            if status in _NOTED and status not in _OF_ANY and endpoint.answer(status) is None:
                at = noted.setdefault(service.name, {}).setdefault(status, [])
                at.append((endpoint.id, one.id))
        yield from _successes(endpoint, place, plain, why_not_driven(record, service.name))
    for name, told in noted.items():
        yield _BENCH.noted(Place(name), _note(told), _evidence(told))


def _successes(
    endpoint: Endpoint, place: Place, plain: Sequence[Exchange], why: str
) -> Iterator[Verdict]:
    seen = [one for one in plain if _status(one) in _SUCCESSES and _status(one) != _PARTIAL]
    wrong = [
        one
        for one in seen
        if _status(one) != endpoint.status and endpoint.answer(_status(one)) is None
    ]
    for one in wrong:
        said = f"the status of a success is {_status(one)}, which is not declared"
        yield _BENCH.failed(place, said, [one.id])
    reason = "no success of it was seen" if plain else why
    yield from settled(_BENCH, place, [one.id for one in seen], wrong=bool(wrong), why=reason)


def _is_plain(endpoint: Endpoint, one: Exchange) -> bool:
    """Whether it was meant for the endpoint, and nothing was broken meanwhile."""
    case, request = one.case, one.request
    if case is None or request is None or one.response is None:
        return False
    return case.purpose in _PLAIN and request.method == endpoint.method


def _status(one: Exchange) -> int:
    return one.response.status if one.response else 0


def _note(told: _Noted) -> str:
    parts: list[str] = []
    for status, seen in sorted(told.items()):
        at = list(dict.fromkeys(endpoint for endpoint, _ in seen))
        more = f" and {len(at) - _SHOWN} more" if len(at) > _SHOWN else ""
        parts.append(f"{status} at {', '.join(at[:_SHOWN])}{more}")
    return f"answered, and not declared there: {'; '.join(parts)}"


def _evidence(told: _Noted) -> list[str]:
    """The first exchange of each status."""
    return [seen[0][1] for _, seen in sorted(told.items())][:_SHOWN]


RULE = Rule(
    code="STS001",
    title="A success has a declared status",
    why="Callers tell apart by the status what was done; one that nobody declared tells nothing.",
    source="OpenAPI 3.1, Responses Object: a successful operation's response is documented",
    judge=judge,
)
