"""MTH001: a method that a path does not have is refused with those that it has; HEAD is as GET."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.http_answer import is_misuse
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Response

_BENCH = Bench("MTH001", spans=True)
_OF_HTTP = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"})
_FIRST_REDIRECT = 300
_NOT_FOUND = 404
_NOT_ALLOWED = 405
_TOO_MANY = 429
_FIRST_ERROR = 400
_FIRST_FAULT = 500
_NOT_IMPLEMENTED = 501


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A service passes when a method was refused as it should be, and nothing was answered worse.

    What is refused for another reason (no credential, too many requests) decides nothing.
    """
    for service in system.services:
        exchanges = [
            one
            for one in record.driven()
            if one.edge == f"driver→{service.name}" and is_misuse(one) and one.response
        ]
        served = {
            one.request.path
            for one in record.driven()
            if one.request
            and one.response
            and one.edge == f"driver→{service.name}"
            and one.case
            and one.case.endpoint
            and one.response.status < _FIRST_ERROR
        }
        faults = [*_methods(service, exchanges, served), *_heads(exchanges)]
        yield from faults
        refused = [
            one.id for one in exchanges if one.response and one.response.status == _NOT_ALLOWED
        ]
        if refused and not faults:
            yield _BENCH.passed(Place(service.name), refused)
        elif not faults:
            reason = record.why_unseen(service.name) or "no method was refused with 405"
            yield _BENCH.unproven(Place(service.name), reason)


def _methods(service: Service, exchanges: list[Exchange], served: set[str]) -> Iterator[Verdict]:
    """Methods on paths that the contract has, and not with this method.

    A path that no method finds is switched off: it has none that could be named.
    """
    for one in exchanges:
        request, answer = one.request, one.response
        if request is None or answer is None or (one.case and one.case.endpoint):
            continue
        there = [each for each in service.endpoints if each.matches(each.method, request.path)]
        if not there or request.method in {each.method for each in there}:
            continue
        fault = _fault(request.method, answer, there)
        if answer.status == _NOT_FOUND and request.path not in served:
            fault = ""
        if fault:
            place = Place(service.name, there[0].id)
            yield _BENCH.failed(place, f"{request.method}: {fault}", [one.id], fault)


def _fault(method: str, answer: Response, there: list[Endpoint]) -> str:
    """What is wrong with the answer to a method that a path lacks, or ""."""
    status = answer.status
    if method == "OPTIONS":
        wrong = status >= _FIRST_FAULT and status != _NOT_IMPLEMENTED
        return f"what the path knows is asked, and {status} answered" if wrong else ""
    if status == _NOT_ALLOWED:
        return _allow_fault(answer, there)
    if method not in _OF_HTTP:
        return ""
    # Where the path names a thing, it may be the thing that is not found.
    hidden = status == _NOT_FOUND and not any(one.parameters for one in there)
    if status < _FIRST_REDIRECT or hidden:
        return f"a method that the path does not have is answered with {status}, not 405"
    return ""


def _allow_fault(answer: Response, there: list[Endpoint]) -> str:
    told = [value for name, value in answer.headers if name == "allow"]
    if not told:
        return "405 without the header Allow"
    named = {one.strip().upper() for value in told for one in value.split(",")}
    # Where two paths match, each framework has its own opinion on which one is meant.
    methods: dict[str, set[str]] = {}
    for one in there:
        methods.setdefault(one.path, set()).add(one.method)
    lacking = [sorted(each - named) for each in methods.values()]
    return f"405 whose Allow leaves out {lacking[0][0]}" if all(lacking) else ""


def _heads(exchanges: list[Exchange]) -> Iterator[Verdict]:
    """Each HEAD beside the GETs of the same target."""
    for one in exchanges:
        request, answer, case = one.request, one.response, one.case
        if request is None or answer is None or case is None or request.method != "HEAD":
            continue
        place = Place(case.service, case.endpoint or "")
        if answer.body:
            said = "HEAD is answered with a body"
            yield _BENCH.failed(place, said, [one.id])
        gets = [each for each in exchanges if _is_get_of(each, request.target)]
        fault = _unlike(answer, [each.response for each in gets if each.response])
        if fault:
            evidence = [one.id, *(each.id for each in gets)]
            yield _BENCH.failed(place, fault, evidence, "HEAD is answered otherwise than GET")


def _is_get_of(one: Exchange, target: str) -> bool:
    """Whether this is a GET of the target that was answered by its merits."""
    if one.request is None or one.response is None:
        return False
    same = (one.request.method, one.request.target) == ("GET", target)
    return same and not _is_of_the_moment(one.response)


def _is_of_the_moment(answer: Response) -> bool:
    """Whether the next answer may be another: too many requests, something is down."""
    passing = answer.status >= _FIRST_FAULT and answer.status != _NOT_IMPLEMENTED
    return passing or answer.status == _TOO_MANY


def _unlike(head: Response, gets: list[Response]) -> str:
    if not gets or _is_of_the_moment(head):
        return ""
    same = [one for one in gets if one.status == head.status]
    if not same:
        return f"HEAD is answered with {head.status}, GET with {gets[0].status}"
    kinds = {header(one.headers, "content-type") for one in same}
    kind = header(head.headers, "content-type")
    return "" if kind is None or kind in kinds else "HEAD tells another content type than GET"


RULE = Rule(
    code="MTH001",
    title="A wrong method is refused with the right ones, and HEAD is as GET",
    why="A client that is told 404 looks for a mistake in its address; one that is told 405, and"
    " what there is, looks in the right place.",
    source="RFC 9110, 15.5.6 (405 and Allow), 9.1 and 9.3.2 (HEAD)",
    judge=judge,
    reach=Reach.WHOLE,
)
