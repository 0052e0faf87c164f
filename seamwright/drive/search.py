"""Searches for behaviours that nobody has seen: random requests and mutations, round by round.

    a round: a few of each endpoint, half of them drawn anew, half of them a step from one that
             showed something
    answer ─▶ known? ─ yes ─▶ forgotten
                └ no ─▶ sent again: the same? ─ no ─▶ it came and went: counted
                              └ yes ─▶ made small as long as it is shown ─▶ kept, and mutated

What a gate would send anyway is not kept: it is the subject's state that has changed, then.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.generated import generated_case
from seamwright.drive.cases.mutation import mutated, words_of
from seamwright.drive.cases.smaller import size, smaller
from seamwright.drive.corpus.found import Found, kept_request
from seamwright.drive.knowledge import MOST_WORDS
from seamwright.drive.known import NO_ANSWER, told
from seamwright.drive.retry_after import retry_after_s

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.generated import GeneratedRequest
    from seamwright.drive.corpus.corpus import Place
    from seamwright.drive.corpus.fresh import Fresh
    from seamwright.drive.http import Driver
    from seamwright.drive.knowledge import Knowledge
    from seamwright.record.observation import Exchange

_ROUND = 8
_STEPS: int = 60
"""Requests that are sent to make one request smaller."""
MOST_KEPT = 40
"""Requests kept of one endpoint: one that answers something new to everything has no end."""
_TOO_MANY = 429
_UNTOLD_S = 1.0


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
    seen = list(zip(asked, exchanges, strict=True))
    lost = {place[0]: place for (place, _), one in seen if one.response is None}
    gone = {name for name, place in lost.items() if await _is_gone(drive, known, place)}
    for (place, request), exchange in seen:
        answer = exchange.response
        if place[0] in gone:
            # Those that were under way when it went, and asked again: one of them may be why.
            if answer is None and exchange.tries > 1:
                _keep(drive, known, place, (request, known.learn(place, exchange)))
        elif answer is not None and answer.status == _TOO_MANY:
            wait_s = retry_after_s(answer)
            resumes_s[place] = drive.clock() + (_UNTOLD_S if wait_s is None else wait_s)
        elif new := known.learn(place, exchange):
            await _look(drive, known, place, (request, exchange, new))
    known.silent |= gone


async def _is_gone(drive: SearchDrive, known: Knowledge, place: Place) -> bool:
    """Whether a service does not answer what it has answered before."""
    pool = known.pool.get(place, [])
    if not pool:
        return False
    return (await _sent(drive, known, _case(drive, place, pool[0], known.sent))).response is None


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
        words += words_of(one)[: MOST_WORDS - len(words)]
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
    drive: SearchDrive,
    known: Knowledge,
    place: Place,
    seen: tuple[GeneratedRequest, Exchange, frozenset[str]],
) -> None:
    """Ask for what is new once more, make its request small, and keep it."""
    request, first, new = seen
    case = _case(drive, place, request, known.sent)
    again = await _sent(drive, known, case)
    lost = first.response is None and again.response is None
    if not (lost or new <= known.at(place).of(again)):
        known.fleeting += 1
        return
    if not lost:
        small = await _smallest(drive, known, place, case, new)
        request = replace(request, target=small.target, headers=small.headers, body=small.body)
    _keep(drive, known, place, (request, new))


def _keep(
    drive: SearchDrive,
    known: Knowledge,
    place: Place,
    shown: tuple[GeneratedRequest, frozenset[str]],
) -> None:
    """Keep a request that shows something, unless a gate sends it anyway or there are too many."""
    request, new = shown
    known.keep(place, request)
    if whole(request) in known.usual:
        known.fleeting += 1
    elif sum((one.service, one.endpoint) == place for one in known.found) >= MOST_KEPT:
        known.left += 1
    else:
        known.usual.add(whole(request))
        kept = kept_request(request.method, request.target, request.headers, request.body)
        found = Found(*place, kept, told(new) or f"{NO_ANSWER} any more")
        known.found.append(found)
        known.new += len(new)
        drive.kept(found)


async def _smallest(
    drive: SearchDrive, known: Knowledge, place: Place, case: Case, new: frozenset[str]
) -> Case:
    """The smallest request that still shows it, a step at a time."""
    left = _STEPS
    while True:
        for each in smaller(case):
            if left == 0:
                return case
            if size(each) >= size(case):
                continue
            left -= 1
            if new <= known.at(place).of(await _sent(drive, known, each)):
                case = each
                break
        else:
            return case


async def _sent(drive: SearchDrive, known: Knowledge, case: Case) -> Exchange:
    known.sent += 1
    return await drive.driver.send(case)


def _case(drive: SearchDrive, place: Place, request: GeneratedRequest, number: int) -> Case:
    service = drive.system.service(place[0])
    if service is None:  # pragma: no cover - places are the system's own
        raise KeyError(place)
    return generated_case(service, place[1], request, number)
