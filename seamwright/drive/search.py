"""Searches for behaviours that nobody has seen: random requests and mutations, round by round.

    a round: a few of each endpoint, half of them drawn anew, half of them a step from one that
             showed something
    answer ─▶ known? ─ yes ─▶ forgotten
                └ no ─▶ sent again: the same? ─ no ─▶ it came and went: counted
                              └ yes ─▶ made small as long as it shows the same ─▶ kept, and mutated

What a gate would send anyway is not kept: it is the subject's state that has changed, then.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.generated import generated_case
from seamwright.drive.cases.mutation import mutated, words_of
from seamwright.drive.cases.smaller import size, smaller
from seamwright.drive.corpus.found import Found, kept_request
from seamwright.drive.retry_after import retry_after_s
from seamwright.record.behaviour import behaviour

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.generated import GeneratedRequest
    from seamwright.drive.corpus.corpus import Place
    from seamwright.drive.corpus.fresh import Fresh
    from seamwright.drive.http import Driver
    from seamwright.record.behaviour import Behaviour
    from seamwright.record.observation import Exchange

_ROUND = 8
_STEPS = 60
"""Requests that are sent to make one request smaller."""
_MOST_WORDS = 500
MOST_KEPT = 40
"""Requests kept of one endpoint: one that answers something new to everything has no end."""
_TOO_MANY = 429
_UNTOLD_S = 1.0


@dataclass(slots=True)
class Knowledge:
    """What is known of a subject by now; it outlives a search that is cut short.

    Attributes:
        seen: the behaviours of each endpoint.
        pool: of each endpoint requests that showed something, which are mutated.
        words: of each endpoint values that requests had.
        usual: requests that a gate sends anyway.
        sent: how many requests the search has sent.
        before: how many behaviours were known when it began.
        found: what was kept, in the order in which it was found.
        fleeting: new behaviours that were not shown again, or hang on the state alone.
        left: new behaviours of endpoints that have shown too many.
        silent: services that do not answer any more.
    """

    seen: dict[Place, set[Behaviour]] = field(default_factory=dict["Place", "set[Behaviour]"])
    pool: dict[Place, list[GeneratedRequest]] = field(
        default_factory=dict["Place", "list[GeneratedRequest]"]
    )
    words: dict[Place, list[object]] = field(default_factory=dict["Place", "list[object]"])
    usual: set[tuple[object, ...]] = field(default_factory=set[tuple[object, ...]])
    sent: int = 0
    before: int = 0
    found: list[Found] = field(default_factory=list[Found])
    fleeting: int = 0
    left: int = 0
    silent: set[str] = field(default_factory=set[str])

    def is_new(self, place: Place, showed: Behaviour) -> bool:
        """Whether a behaviour of an endpoint was not seen before; it is known from now on."""
        known = self.seen.setdefault(place, set())
        new = showed not in known
        known.add(showed)
        return new

    def keep(self, place: Place, request: GeneratedRequest) -> None:
        """Mutate a request from now on, and let others borrow its values."""
        self.pool.setdefault(place, []).append(request)
        words = self.words.setdefault(place, [])
        words += words_of(request)[: _MOST_WORDS - len(words)]


@dataclass(frozen=True, slots=True)
class SearchDrive:
    """What a search needs.

    Attributes:
        system: the contract set.
        driver: by which requests are sent.
        draw: chance: a whole number below another one.
        clock: monotonic seconds.
        kept: told of each request that was kept.
        now: told now and then how far it is.
        is_let: whether a request with this method may be sent.
    """

    system: System
    driver: Driver
    draw: Callable[[int], int]
    clock: Callable[[], float]
    kept: Callable[[Found], None]
    now: Callable[[], None]
    is_let: Callable[[str], bool]


def whole(request: GeneratedRequest) -> tuple[object, ...]:
    """What makes a request the same as another, whyever it was made."""
    return request.method, request.target, request.headers, request.body


async def search(drive: SearchDrive, known: Knowledge, fresh: Fresh, most: int | None) -> None:
    """Search until so many requests are sent, or nobody answers any more; else without end.

    Args:
        drive: what is needed.
        known: what is known already; what is found goes there.
        fresh: random requests.
        most: requests; None of no bound.
    """
    resumes_s: dict[Place, float] = {}
    while most is None or known.sent < most:
        drive.now()
        places = [one for one in fresh.places if one[0] not in known.silent]
        if not places:
            return
        ready = [one for one in places if resumes_s.get(one, 0.0) <= drive.clock()]
        asked = [(place, one) for place in ready for one in _next(drive, known, fresh, place)]
        if not asked:
            waits_s = min((resumes_s.get(one, 0.0) for one in places), default=0.0) - drive.clock()
            await asyncio.sleep(max(waits_s, 0.05))
            continue
        await _round(drive, known, asked, resumes_s)


async def _round(
    drive: SearchDrive,
    known: Knowledge,
    asked: list[tuple[Place, GeneratedRequest]],
    resumes_s: dict[Place, float],
) -> None:
    """Send the requests of one round, and look at each answer."""
    cases = [_case(drive, place, one, known.sent + at) for at, (place, one) in enumerate(asked)]
    exchanges = await drive.driver.send_all(cases)
    known.sent += len(exchanges)
    answered = {one[0] for (one, _), seen in zip(asked, exchanges, strict=True) if seen.response}
    for (place, request), exchange in zip(asked, exchanges, strict=True):
        answer = exchange.response
        if answer is not None and answer.status == _TOO_MANY:
            told_s = retry_after_s(answer)
            resumes_s[place] = drive.clock() + (_UNTOLD_S if told_s is None else told_s)
            continue
        if known.is_new(place, _showed(exchange)):
            await _look(drive, known, place, (request, _showed(exchange)))
    known.silent |= {place[0] for place, _ in asked} - answered


def _next(
    drive: SearchDrive, known: Knowledge, fresh: Fresh, place: Place
) -> list[GeneratedRequest]:
    """A few requests to an endpoint: half of them new ones, as far as there are some."""
    pool = known.pool.get(place, [])
    most = _ROUND if _takes_something(drive.system, place) else 1
    taken = fresh.take(place, most // 2 if pool else most)
    template = place[1].partition(" ")[2]
    words = known.words.get(place, [])
    for one in taken[:1]:
        words += words_of(one)[: _MOST_WORDS - len(words)]
    while pool and len(taken) < most:
        # The later of two: what was found last is mutated more often.
        at = max(drive.draw(len(pool)), drive.draw(len(pool)))
        taken.append(mutated(pool[at], template, words, drive.draw))
    return [one for one in taken if drive.is_let(one.method)]


def _takes_something(system: System, place: Place) -> bool:
    """Whether an endpoint takes anything that could be another: the others are asked less."""
    service = system.service(place[0])
    one = service.endpoint(place[1]) if service else None
    return one is not None and any((one.request, one.query, one.parameters, one.headers))


async def _look(
    drive: SearchDrive, known: Knowledge, place: Place, new: tuple[GeneratedRequest, Behaviour]
) -> None:
    """Ask for a new behaviour once more, make its request small, and keep it."""
    request, showed = new
    case = _case(drive, place, request, known.sent)
    again = await _sent(drive, known, case)
    lost = showed.status == 0 and again.status == 0
    if again != showed and not lost:
        known.fleeting += 1
        return
    if not lost:
        request = await _smallest(drive, known, case, new)
    known.keep(place, request)
    if whole(request) in known.usual:
        known.fleeting += 1
    elif sum((one.service, one.endpoint) == place for one in known.found) >= MOST_KEPT:
        known.left += 1
    else:
        known.usual.add(whole(request))
        kept = kept_request(request.method, request.target, request.headers, request.body)
        found = Found(*place, kept, showed.words)
        known.found.append(found)
        drive.kept(found)


async def _smallest(
    drive: SearchDrive, known: Knowledge, case: Case, new: tuple[GeneratedRequest, Behaviour]
) -> GeneratedRequest:
    """The smallest request that still shows it, a step at a time."""
    request, showed = new
    left = _STEPS
    while left:
        for each in smaller(case):
            if left == 0:
                break
            if size(each) >= size(case):
                continue
            left -= 1
            if await _sent(drive, known, each) == showed:
                case = each
                break
        else:
            break
    return replace(request, target=case.target, headers=case.headers, body=case.body)


async def _sent(drive: SearchDrive, known: Knowledge, case: Case) -> Behaviour:
    known.sent += 1
    return _showed(await drive.driver.send(case))


def _showed(exchange: Exchange) -> Behaviour:
    return behaviour(exchange, but_echoes=True)


def _case(drive: SearchDrive, place: Place, request: GeneratedRequest, number: int) -> Case:
    service = drive.system.service(place[0])
    if service is None:  # pragma: no cover - places are the system's own
        raise KeyError(place)
    return generated_case(service, place[1], request, number)
