"""LIM001: every endpoint says how often it may be called, and how it refuses more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.shared_fault import by_part
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.rate_limit import RateLimit
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("LIM001")
_TOO_MANY = 429


def judge(system: System, record: Record) -> Iterator[Verdict]:  # noqa: ARG001 - a rule's form
    """An endpoint passes when it has a limit that can be kept, and may refuse with a 429.

    Health and what is outside of the envelope need none, unless they speak of one. A service
    without any limit is one finding.
    """
    for service in system.services:
        judged = [one for one in service.endpoints if not _is_free(system, service, one)]
        if len(judged) > 1 and all(one.rate_limit is None for one in judged):
            said = f"none of its {len(judged)} endpoints declares a rate limit"
            yield _BENCH.failed(Place(service.name), said, [CONTRACT], "declares no rate limit")
            continue
        parts = [(Place(service.name, one.id), _fault(system, one)) for one in judged]
        yield from by_part(_BENCH, service.name, "endpoint", parts)


def _is_free(system: System, service: Service, endpoint: Endpoint) -> bool:
    """Whether an endpoint needs no limit, and says nothing of one."""
    if endpoint.rate_limit or _own_refusal(system, endpoint):
        return False
    if service.health and endpoint.id == f"GET {service.health.path}":
        return True
    return bool(system.envelope and system.envelope.exemption(service.name, endpoint.id))


def _own_refusal(system: System, endpoint: Endpoint) -> str:
    """The answer to one request too many that the endpoint itself names, or ""."""
    codes = [one.code for one in system.errors if one.status == _TOO_MANY]
    named = [one for one in codes if one in endpoint.errors]
    named += [one.status for one in endpoint.answers if one.status == str(_TOO_MANY)]
    return named[0] if named else ""


def _fault(system: System, endpoint: Endpoint) -> str:
    limit = endpoint.rate_limit
    if limit is None:
        refusal = _own_refusal(system, endpoint)
        return "declares no rate limit" + (f", and may answer {refusal}" if refusal else "")
    return _fault_of_limit(limit) or _fault_of_refusal(system, endpoint)


def _fault_of_limit(limit: RateLimit) -> str:
    if limit.limit > 0 and limit.window_s > 0:
        return ""
    return f"declares a rate limit of {limit.limit} in {limit.window_s} s, which nobody can keep"


def _fault_of_refusal(system: System, endpoint: Endpoint) -> str:
    codes = [one for one in system.codes(endpoint) if one.status == _TOO_MANY]
    for one in codes:
        if not one.retryable:
            return f"refuses what is too much with {one.code}, which is not retryable"
    if codes or any(one.covers(_TOO_MANY) for one in endpoint.answers):
        return ""
    return f"declares a rate limit and no answer with {_TOO_MANY}"


RULE = Rule(
    code="LIM001",
    title="Every endpoint declares its rate limit",
    why="A caller that does not know the limit finds it when it is refused.",
    source='Seed, "API Contracts": rate limits are documented',
    judge=judge,
    reach=Reach.WHOLE,
)
