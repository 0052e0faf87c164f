"""LIM002: the declared rate limit is kept, and who waits as long as told is let in again."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from seamwright.judge.driven import by_endpoint, place_of
from seamwright.judge.http_answer import is_misuse, is_too_much
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.record.observation import Purpose, header, told_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.rate_limit import RateLimit
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("LIM002")
_FIRST_ERROR = 400


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint with a limit passes when a burst was refused as declared, and let in as told.

    As declared: not before so many requests came, and before more than that were let in. Every
    429 of it says in Retry-After how long to wait.
    """
    between = [one for one in record.exchanges if one.case is None]
    astray: dict[str, list[Exchange]] = {}
    for one in record.driven():
        if one.case and one.case.endpoint is None:
            astray.setdefault(one.case.service, []).append(one)
    for service, endpoint, exchanges in by_endpoint(system, record):
        if endpoint is None or endpoint.rate_limit is None:
            continue
        place = place_of(service, endpoint)
        burst = [one for one in exchanges if one.case and one.case.purpose is Purpose.BURST]
        refused = [one for one in exchanges if is_too_much(one)]
        mute = [one.id for one in refused if not _tells_when(one)]
        # Where a request that fits no endpoint is counted, nobody knows: maybe here.
        told = [
            *_early(between, service, endpoint, [*exchanges, *astray.get(service.name, ())]),
            *_late(endpoint.rate_limit, burst),
            *_again(between, service, endpoint, burst),
        ]
        for said, evidence in told:
            yield _BENCH.failed(place, said, evidence, said.partition(":")[0])
        if mute:
            yield _BENCH.failed(place, "a 429 does not say in Retry-After how long to wait", mute)
        if told or mute:
            continue
        let_in = _let_in(burst)
        if let_in:
            yield _BENCH.passed(place, [one.id for one in let_in])
        else:
            yield _BENCH.unproven(place, _why(record, service, endpoint, burst))


def _why(record: Record, service: Service, endpoint: Endpoint, burst: Sequence[Exchange]) -> str:
    told = record.why_unseen(told_code(service.name, endpoint.id, "rate limit"))
    if told:
        return told
    if not burst:
        return record.why_unseen(service.name) or "it was not asked until it is too much"
    if not any(map(is_too_much, burst)):
        return f"none of {len(burst)} requests was refused as one too many"
    return "nobody waited for as long as Retry-After says"


def _retry_after(one: Exchange) -> str:
    return (header(one.response.headers, "retry-after") or "").strip() if one.response else ""


def _tells_when(one: Exchange) -> bool:
    """Whether Retry-After is seconds or a moment (RFC 9110, 10.2.3)."""
    text = _retry_after(one)
    if text.isascii() and text.isdigit():
        return True
    try:
        parsedate_to_datetime(text)
    except ValueError:
        return False
    return True


def _wait_s(one: Exchange) -> float | None:
    text = _retry_after(one)
    return float(text) if text.isascii() and text.isdigit() else None


def _early(
    between: Sequence[Exchange], service: Service, endpoint: Endpoint, exchanges: Sequence[Exchange]
) -> Iterator[tuple[str, list[str]]]:
    """The first refusal, and the first in a burst, where fewer requests than the limit came before.

    One that comes soon after misuse is left out: nobody knows what of that was counted. So is one
    that another has announced.
    """
    limit = endpoint.rate_limit
    for one in _firsts(exchanges, _before_s(limit)):
        came = _came(between, service, endpoint, (exchanges, one))
        if limit is not None and came is not None and came < limit.limit:
            said = f"{came} came in {limit.window_s} s, {limit.limit} may"
            yield f"it refuses before its limit: {said}", [one.id]
            return


def _before_s(limit: RateLimit | None) -> float:
    """How long before a refusal a request may still count."""
    return limit.counts_s if limit else 0.0


def _firsts(exchanges: Sequence[Exchange], before_s: float) -> Iterator[Exchange]:
    """The first refusal alone and in a burst, where nothing makes it doubtful."""
    misuse_s = [one.began_s for one in exchanges if is_misuse(one)]
    refused = sorted(filter(is_too_much, exchanges), key=lambda one: one.began_s)
    known: set[bool] = set()
    told_s = float("-inf")
    for one in refused:
        since_s = one.began_s - before_s
        burst = one.case is not None and one.case.purpose is Purpose.BURST
        if burst not in known and not any(since_s <= at_s <= one.ended_s for at_s in misuse_s):
            known.add(burst)
            if told_s < one.began_s:
                yield one
        told_s = max(told_s, one.ended_s + (_wait_s(one) or 0.0))


def _came(
    between: Sequence[Exchange],
    service: Service,
    endpoint: Endpoint,
    told: tuple[Sequence[Exchange], Exchange],
) -> int | None:
    """How many requests came before a refusal, at most; None where it was only handed on.

    `told`: what was driven, and the refusal.
    """
    exchanges, refused = told
    since_s = refused.began_s - _before_s(endpoint.rate_limit)
    # A request may have come at any moment until it was answered.
    near = [one for one in exchanges if since_s <= one.ended_s and one.began_s <= refused.ended_s]
    came = sum(one.tries for one in near if one is not refused)
    for one in between:
        if one.ended_s < since_s or refused.ended_s < one.began_s:
            continue
        caller, _, callee = one.edge.partition("→")
        if caller == service.name and is_too_much(one):
            return None
        if callee == service.name and one.request is not None:
            came += endpoint.matches(one.request.method, one.request.path)
    return came


def _late(limit: RateLimit, burst: Sequence[Exchange]) -> Iterator[tuple[str, list[str]]]:
    """More requests let in within a window than the limit allows.

    Where all were refused for what they say, they may not have been counted: that is no fault.
    """
    let_in = [one for one in burst if one.response is not None and not is_too_much(one)]
    if not any(one.response and one.response.status < _FIRST_ERROR for one in let_in):
        return
    for number in range(len(let_in) - limit.limit):
        last = let_in[number + limit.limit]
        if last.ended_s - let_in[number].began_s < limit.window_s:
            within = f"{limit.limit + 1} within {limit.window_s} s, {limit.limit} may"
            yield f"it lets in more than its limit: {within}", [last.id]
            return


def _again(
    between: Sequence[Exchange], service: Service, endpoint: Endpoint, burst: Sequence[Exchange]
) -> Iterator[tuple[str, list[str]]]:
    """A caller that waited as long as it was told, and was refused once more.

    A refusal that was only handed on is left out: others may use the room at who has refused. So
    is one where another service was let in meanwhile, maybe as the same caller.
    """
    for refused, after in _obeyed(burst):
        if not is_too_much(after) or _handed_on(between, service, after):
            continue
        if not _used_meanwhile(between, service, endpoint, (refused, after)):
            said = "Retry-After does not suffice: who waits so long is refused again"
            yield said, [after.id, refused.id]
            return


def _used_meanwhile(
    between: Sequence[Exchange],
    service: Service,
    endpoint: Endpoint,
    waited: tuple[Exchange, Exchange],
) -> bool:
    """Whether another service was let in by the endpoint between two refusals."""
    refused, after = waited
    return any(
        one.edge.endswith(f"→{service.name}")
        and one.request is not None
        and endpoint.matches(one.request.method, one.request.path)
        and not is_too_much(one)
        for one in between
        if refused.began_s <= one.ended_s and one.began_s <= after.ended_s
    )


def _handed_on(between: Sequence[Exchange], service: Service, refused: Exchange) -> bool:
    """Whether a service was itself refused while it refused."""
    return any(
        one.edge.startswith(f"{service.name}→") and is_too_much(one)
        for one in between
        if refused.began_s <= one.began_s <= refused.ended_s
    )


def _let_in(burst: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """A refusal and the answer to the caller that has obeyed it."""
    for refused, after in _obeyed(burst):
        if after.response is not None and not is_too_much(after):
            return refused, after
    return ()


def _obeyed(burst: Sequence[Exchange]) -> Iterator[tuple[Exchange, Exchange]]:
    """Each refusal with the requests that came after as long a wait as it told."""
    for refused in filter(is_too_much, burst):
        wait_s = _wait_s(refused)
        for after in burst if wait_s is not None else ():
            if after is not refused and after.began_s >= refused.ended_s + (wait_s or 0.0):
                yield refused, after


RULE = Rule(
    code="LIM002",
    title="The rate limit is kept, and Retry-After suffices",
    why="A caller that obeys and is refused again stops obeying.",
    source='Seed, "API Contracts": rate limits are documented; RFC 6585, 4; RFC 9110, 10.2.3',
    judge=judge,
    reach=Reach.WHOLE,
)
