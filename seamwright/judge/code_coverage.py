"""The coverage of error codes: which of the declared ones were seen, and what was seen beside them.

A code that an endpoint declares itself counts at that endpoint. One that any endpoint may answer
counts once for each service: a route that does not exist is no endpoint's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.judge.answered_code import answered_code
from seamwright.record.observation import Purpose, told_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.error import ErrorCode
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange


@dataclass(frozen=True, slots=True)
class DeclaredCode:
    """A declared code at its place.

    Attributes:
        service: whose.
        endpoint: `METHOD /path/template`, or "" of a code that any endpoint may answer.
        code: which.
        provoked_by: ids of the exchanges that were answered with it, status included.
        why: why it was not provoked; "" when it was.
        tried: ids of the exchanges that were to bring it about.
    """

    service: str
    endpoint: str
    code: str
    provoked_by: tuple[str, ...] = ()
    why: str = ""
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UndeclaredCode:
    """A code that was answered where nobody had declared it."""

    service: str
    endpoint: str
    code: str
    seen_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeCoverage:
    """All declared codes, and the undeclared ones that were seen."""

    declared: tuple[DeclaredCode, ...]
    undeclared: tuple[UndeclaredCode, ...]

    @property
    def provoked(self) -> int:
        """How many of the declared ones were provoked."""
        return sum(1 for one in self.declared if one.provoked_by)


def code_coverage(system: System, record: Record) -> CodeCoverage:
    """What the driven exchanges of a record cover; what is outside of the envelope is left out."""
    answers = _Answers(system, record)
    declared = tuple(
        one for service in system.services for one in _of_service(system, record, service, answers)
    )
    return CodeCoverage(declared, tuple(answers.undeclared(system)))


class _Answers:
    """The driven exchanges, sorted by place and code."""

    def __init__(self, system: System, record: Record) -> None:
        self.seen: dict[tuple[str, str, str], list[Exchange]] = {}
        self.tried: dict[tuple[str, str, str], list[Exchange]] = {}
        for case, one in ((one.case, one) for one in record.driven() if one.case is not None):
            place = (case.service, case.endpoint or "")
            if case.purpose is Purpose.PROVOKED:
                # A provoked case begins its reason with the code that it is to bring about.
                wanted = case.reason.partition(":")[0]
                self.tried.setdefault((*place, wanted), []).append(one)
            code = answered_code(system, one)
            if code is not None:
                self.seen.setdefault((*place, code), []).append(one)

    def of(self, service: str, endpoint: str, code: ErrorCode) -> tuple[str, ...]:
        """The exchanges that were answered with a code and its status there."""
        return tuple(
            one.id
            for (asked, at, named), exchanges in self.seen.items()
            for one in exchanges
            if asked == service and named == code.code and (not endpoint or at == endpoint)
            if one.response and one.response.status == code.status
        )

    def attempts(self, service: str, endpoint: str, code: str) -> tuple[Exchange, ...]:
        """The exchanges that were to bring a code about there."""
        return tuple(
            one
            for (asked, at, named), exchanges in self.tried.items()
            for one in exchanges
            if asked == service and named == code and (not endpoint or at == endpoint)
        )

    def undeclared(self, system: System) -> Iterator[UndeclaredCode]:
        """Codes that the catalogue lacks, or that their place does not declare."""
        for (asked, at, named), exchanges in self.seen.items():
            service = system.service(asked)
            endpoint = service.endpoint(at) if service else None
            if service is None or _exempt(system, asked, at):
                continue
            if named not in {one.code for one in system.codes(endpoint)}:
                yield UndeclaredCode(asked, at, named, tuple(one.id for one in exchanges))


def _of_service(
    system: System, record: Record, service: Service, answers: _Answers
) -> Iterator[DeclaredCode]:
    everywhere = set(system.everywhere)
    for endpoint in service.endpoints:
        if _exempt(system, service.name, endpoint.id):
            continue
        for code in system.errors:
            if code.code in endpoint.errors and code.code not in everywhere:
                yield _declared(system, record, answers, (service.name, endpoint.id), code)
    if service.endpoints:
        for code in system.errors:
            if code.code in everywhere:
                yield _declared(system, record, answers, (service.name, ""), code)


def _declared(
    system: System, record: Record, answers: _Answers, place: tuple[str, str], code: ErrorCode
) -> DeclaredCode:
    service, endpoint = place
    seen = answers.of(service, endpoint, code)
    if seen:
        return DeclaredCode(service, endpoint, code.code, seen)
    tried = answers.attempts(service, endpoint, code.code)
    why = (
        record.why_unseen(told_code(service, endpoint, code.code))
        or (f"what was to bring it about {_answered(system, tried[-1])}" if tried else "")
        or record.why_unseen(service)
        or "nothing was sent that could bring it about"
    )
    return DeclaredCode(service, endpoint, code.code, (), why, tuple(one.id for one in tried))


def _answered(system: System, one: Exchange) -> str:
    if one.response is None:
        return "got no answer"
    code = answered_code(system, one)
    return f"was answered with {one.response.status}" + (f" {code[:60]}" if code else "")


def _exempt(system: System, service: str, endpoint: str) -> bool:
    return bool(system.envelope and system.envelope.exemption(service, endpoint))
