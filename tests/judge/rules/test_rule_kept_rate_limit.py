"""LIM002 on bursts made by hand: three requests in ten seconds are let in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.rules.kept_rate_limit import RULE
from seamwright.record.observation import Exchange, Purpose, Unseen
from tests.judge.records import at, fails, make_record
from tests.judge.rules.walks import LIST, SYSTEM, silent, stepped


def _asked(id_: str, at_s: float, status: int = 200) -> Exchange:
    return stepped(id_, LIST, {"items": []}, status=status, at_s=at_s, purpose=Purpose.BURST)


def _refused(id_: str, at_s: float, wait: str = "9") -> Exchange:
    headers = (("retry-after", wait),) if wait else ()
    return replace(
        stepped(id_, LIST, status=429, at_s=at_s, purpose=Purpose.BURST, headers=headers), id=id_
    )


def _alone(one: Exchange) -> Exchange:
    """The same, not in a burst."""
    assert one.case is not None
    return replace(one, case=replace(one.case, purpose=Purpose.GENERATED))


BURST = (_asked("a", 1), _asked("b", 1.2), _asked("c", 1.4), _refused("d", 1.6))


def _call(edge: str, at_s: float, status: int = 200) -> Exchange:
    one = stepped("w", LIST, {}, status=status, at_s=at_s)
    return replace(one, edge=edge, case=None)


def test_passes_when_it_refuses_and_lets_in_again() -> None:
    """The refusal and the answer to who has waited are evidence."""
    record = make_record(*BURST, _asked("e", 11))
    assert [("pass", "", ("d", "e"))] == at(RULE.judge(SYSTEM, record), LIST)


def test_fails_when_retry_after_does_not_suffice() -> None:
    """Who waits as long as told is refused once more."""
    verdicts = RULE.judge(SYSTEM, make_record(*BURST, _refused("e", 11)))
    said = "Retry-After does not suffice: who waits so long is refused again"
    assert [(said, ("e", "d"))] == fails(verdicts)


def test_a_refusal_that_was_handed_on_may_come_again() -> None:
    """Others may have used the room at the service that has refused."""
    handed_on = _call("shelf→store", 11.05, 429)
    verdicts = list(RULE.judge(SYSTEM, make_record(*BURST, _refused("e", 11), handed_on)))
    assert [] == fails(verdicts)
    later = make_record(*BURST, _refused("e", 11), handed_on, _asked("f", 30))
    assert [("pass", "", ("d", "f"))] == at(RULE.judge(SYSTEM, later), LIST)


def test_a_refusal_after_another_service_was_let_in_may_come_again() -> None:
    """It may have asked as the same caller; where it was refused itself, it has used nothing."""
    used = _call("desk→shelf", 10.9)
    assert [] == fails(RULE.judge(SYSTEM, make_record(*BURST, _refused("e", 11), used)))
    refused_too = _call("desk→shelf", 10.9, 429)
    verdicts = RULE.judge(SYSTEM, make_record(*BURST, _refused("e", 11), refused_too))
    assert 1 == len(fails(verdicts))


@pytest.mark.parametrize("wait", ["", "soon", "-1"])
def test_fails_when_a_refusal_does_not_say_when(wait: str) -> None:
    """Every 429 of the endpoint, whatever it was asked for."""
    other = replace(_refused("x", 1.7, wait), case=None)
    seen = replace(other, case=_asked("x", 1.7).case)
    verdicts = RULE.judge(SYSTEM, make_record(*BURST, seen, _asked("e", 11)))
    said = "a 429 does not say in Retry-After how long to wait"
    assert [(said, ("x",))] == fails(verdicts)


def test_a_moment_is_an_answer_too() -> None:
    """It is not waited for, so nothing shows that it suffices."""
    refused = _refused("d", 1.6, "Wed, 21 Oct 2026 07:28:00 GMT")
    verdicts = RULE.judge(SYSTEM, make_record(*BURST[:3], refused, _asked("e", 11)))
    assert [("unproven", "nobody waited for as long as Retry-After says", ())] == at(verdicts, LIST)


def test_fails_when_it_refuses_too_early() -> None:
    """Requests of all drives and services count, within the window and a second more."""
    early = (_asked("a", 1), _refused("d", 1.6))
    said = "it refuses before its limit: 1 came in 10 s, 3 may"
    assert [(said, ("d",))] == fails(RULE.judge(SYSTEM, make_record(*early, _asked("e", 11))))
    more = (_call("desk→shelf", 1.1), _call("desk→shelf", 1.2), _call("desk→shelf", 90))
    idle = replace(_call("desk→shelf", 1.3), request=None)
    record = make_record(*early, *more, idle, _asked("e", 11))
    assert [] == fails(RULE.judge(SYSTEM, record))


def test_what_was_sent_twice_may_have_come_twice() -> None:
    """A kept-alive connection had been closed; whether the first request was read nobody knows."""
    twice = replace(_asked("a", 1), tries=2)
    record = make_record(twice, _asked("b", 1.2), _refused("d", 1.4), _asked("e", 11))
    assert [("pass", "", ("d", "e"))] == at(RULE.judge(SYSTEM, record), LIST)


def test_a_request_that_fits_no_endpoint_may_be_counted_here() -> None:
    """Which limit it falls under nobody knows."""
    lost = _asked("x", 1.1)
    assert lost.case is not None
    lost = replace(lost, case=replace(lost.case, endpoint=None))
    record = make_record(
        lost, _asked("a", 1), _asked("b", 1.2), _refused("d", 1.4), _asked("e", 11)
    )
    assert [("pass", "", ("d", "e"))] == at(RULE.judge(SYSTEM, record), LIST)


def test_what_comes_soon_after_misuse_decides_nothing() -> None:
    """What of it was counted nobody knows; once it is forgotten, a refusal counts again."""
    misuse = _asked("m", 1)
    assert misuse.case is not None
    misuse = replace(misuse, case=replace(misuse.case, endpoint=None, purpose=Purpose.MISUSE))
    soon = make_record(misuse, _refused("n", 2), _asked("d", 11), _asked("e", 11.1))
    assert [] == fails(RULE.judge(SYSTEM, soon))
    later = make_record(misuse, _refused("n", 2), _refused("o", 20), _asked("e", 29.5))
    said = "it refuses before its limit: 0 came in 10 s, 3 may"
    assert (said, ("o",)) in fails(RULE.judge(SYSTEM, later))


def test_the_first_refusal_in_a_burst_is_counted_too() -> None:
    """That one before it was due does not make up for it; a ban is kept to its end."""
    due = tuple(map(_alone, BURST))
    burst = (_asked("f", 39), _refused("g", 40), _asked("h", 49.2))
    said = "it refuses before its limit: 1 came in 10 s, 3 may"
    assert [(said, ("g",))] == fails(RULE.judge(SYSTEM, make_record(*due, *burst)))
    banned = (*due[:3], _alone(_refused("d", 1.6, "60")), *burst)
    assert [("pass", "", ("g", "h"))] == at(RULE.judge(SYSTEM, make_record(*banned)), LIST)


def test_a_refusal_of_somebody_behind_it_is_handed_on() -> None:
    """A service may refuse since the one that it asks has refused."""
    early = (_asked("a", 1), _refused("d", 1.6), _asked("e", 11))
    record = make_record(*early, _call("shelf→store", 1.65, 429))
    assert [("pass", "", ("d", "e"))] == at(RULE.judge(SYSTEM, record), LIST)
    well = make_record(*early, _call("shelf→store", 1.65))
    assert 1 == len(fails(RULE.judge(SYSTEM, well)))


def test_fails_when_it_lets_in_too_many() -> None:
    """Four successes within the window, refused or not in the end."""
    many = [_asked(str(number), 1 + number / 10) for number in range(4)]
    said = "it lets in more than its limit: 4 within 10 s, 3 may"
    assert [(said, ("3",))] == fails(RULE.judge(SYSTEM, make_record(*many)))
    slow = [_asked(str(number), 1 + number * 4) for number in range(4)]
    assert [] == fails(RULE.judge(SYSTEM, make_record(*slow)))


def test_what_is_refused_for_what_it_says_may_not_count() -> None:
    """A burst of bad requests that nobody refuses as too many shows nothing."""
    many = [_asked(str(number), 1 + number / 10, 422) for number in range(4)]
    verdicts = RULE.judge(SYSTEM, make_record(*many))
    why = "none of 4 requests was refused as one too many"
    assert [("unproven", why, ())] == at(verdicts, LIST)


def test_is_unproven_without_a_burst() -> None:
    """The reason is the drive's own, the service's, or that there was none."""
    why = "it was not asked until it is too much"
    assert [("unproven", why, ())] == at(RULE.judge(SYSTEM, make_record()), LIST)
    away = make_record(Unseen("shelf", "it is not here"))
    assert [("unproven", "it is not here", ())] == at(RULE.judge(SYSTEM, away), LIST)
    high = make_record(Unseen(f"shelf {LIST} rate limit", "the limit is too high"), *BURST)
    assert [("unproven", "the limit is too high", ())] == at(RULE.judge(SYSTEM, high), LIST)


def test_is_unproven_when_nobody_waited() -> None:
    """The last request came too soon, or got no answer."""
    why = "nobody waited for as long as Retry-After says"
    for last in (_refused("e", 5), silent(_asked("e", 11))):
        assert [("unproven", why, ())] == at(RULE.judge(SYSTEM, make_record(*BURST, last)), LIST)


def test_endpoints_without_a_limit_are_left_alone() -> None:
    """And so are routes that no contract has."""
    nowhere = stepped("a", LIST, status=404)
    assert nowhere.case is not None
    record = make_record(replace(nowhere, case=replace(nowhere.case, endpoint=None)))
    assert [LIST] == [one.place.endpoint for one in RULE.judge(SYSTEM, record)]
