"""What an excerpt keeps when there is more than it keeps, and what it says of the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from seamwright.judge.excerpt.excerpt import Excerpt
from seamwright.judge.excerpt.foremost import Foremost
from seamwright.judge.excerpt.given_id import GivenIds, SharedIds
from seamwright.judge.excerpt.limits import Limits
from seamwright.judge.finding import findings
from seamwright.judge.judgement_of_parts import JudgedParts, judge_parts
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.rules import (
    envelope,
    fault_answer,
    kept_rate_limit,
    one_format,
    request_id_generated,
    request_id_propagated,
    schema,
    stored_state,
)
from seamwright.judge.verdict import Outcome, Place
from seamwright.record.observation import Exchange, FaultSpan, Purpose
from tests.judge.excerpt.splits import split
from tests.judge.records import (
    PLACE,
    READ,
    SYSTEM,
    answered,
    at,
    called,
    failure,
    mailed,
    make_record,
    spoken,
    success,
)
from tests.judge.rules import walks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.rule import Judge
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

BENCH = Bench("TST001")


def _judged(rule: Rule, record: Record, system: System = SYSTEM, **limits: int) -> JudgedParts:
    bounds = Limits(**{"whole": -1, **limits})
    return judge_parts([rule], system, partial(split, record, 5), bounds)


def _rule(judge: Judge, reach: Reach = Reach.PART) -> Rule:
    return Rule("TST001", "a test", "why", "source", judge, reach)


def _alike(count: int, body: object = None, *, status: int = 200) -> list[Exchange]:
    told = success() if body is None else body
    return [
        answered(f"e{number:03}", told, status=status, span_s=(number, number + 0.5))
        for number in range(count)
    ]


def test_a_short_record_is_judged_as_it_is() -> None:
    """Up to the limit nothing is left out, and nothing is counted otherwise."""
    record = make_record(*_alike(40))
    assert record == _judged(schema.RULE, record, whole=40).record
    assert 40 > len(_judged(schema.RULE, record, whole=39).record.exchanges)


def test_what_is_left_out_is_counted() -> None:
    """The last that is kept of a kind stands for the others."""
    excerpt = _judged(schema.RULE, make_record(*_alike(100)), alike=3).record
    assert ["e000", "e001", "e002", "e099"] == [one.id for one in excerpt.exchanges]
    assert {"e099": 97} == excerpt.stands_for
    assert 100 == excerpt.times(excerpt.exchanges)


def test_the_misuse_of_a_service_is_bounded_however_many_endpoints_it_has() -> None:
    """What there is no room for is told."""
    seen = [
        replace(one, case=replace(one.case, purpose=Purpose.MISUSE, endpoint=(PLACE, READ)[at % 2]))
        for at, one in enumerate(_alike(40))
        if one.case
    ]
    excerpt = _judged(schema.RULE, make_record(*seen), alike=1, together=5).record
    assert 9 >= len(excerpt.exchanges)
    said = "only 5 of 40 were judged together; the others were judged by themselves"
    assert [("shop: exchanges for misuse", said)] == [
        (one.what, one.reason) for one in excerpt.unseen
    ]


def test_a_fault_that_each_exchange_shows_is_counted_by_exchanges() -> None:
    """Some of its evidence is kept, and the finding says how often it was seen."""
    record = make_record(*_alike(100, success({"id": 1})))
    (found,) = findings(_judged(schema.RULE, record, alike=3).judgement.verdicts)
    assert (100, ("e000", "e001", "e002")) == (found.count, found.evidence[:3])
    assert 100 > len(found.evidence)


def test_a_fault_that_is_told_once_stays_one() -> None:
    """A verdict that sums up many exchanges is not counted by parts."""
    record = make_record(
        *(
            answered(f"e{number}", success(), sent=None, span_s=(number, number + 0.5))
            for number in range(40)
        )
    )
    (found,) = findings(_judged(request_id_generated.RULE, record).judgement.verdicts)
    assert ("one request ID was given to several requests", 1) == (found.message, found.count)


def test_a_request_id_that_comes_again_much_later_is_found() -> None:
    """The two requests are far apart, and neither is kept for another reason."""
    seen = [
        answered(
            f"e{number:03}",
            success(trace=f"req-{number % 180:03}x"),
            sent=None,
            headers=(("x-trace", f"req-{number % 180:03}x"), ("x-version", "2")),
            payload=b"x" * (number < 190),
            span_s=(number, number + 0.5),
        )
        for number in range(20, 210)
    ]
    judged = _judged(request_id_generated.RULE, make_record(*seen), alike=3)
    (found,) = findings(judged.judgement.verdicts)
    assert {"e020", "e200", "e029", "e209"} <= set(found.evidence)
    assert 20 == len(found.evidence)


def test_two_ids_with_one_number_are_no_id_that_was_given_twice() -> None:
    """What seems to be shared is looked up: only exchanges that share an ID are shown."""
    one, other = _alike(2)
    pair = [
        replace(each, case=replace(each.case, request_id=None))
        for each in (one, other)
        if each.case
    ]
    given = GivenIds(SYSTEM)
    for each in pair:
        given.add(each)
    numbers = given.shared(Limits())
    assert 1 == len(numbers)
    shared = SharedIds(SYSTEM, numbers, Limits())
    shared.take(make_record(pair[0], called("c", trace="req-1")))
    assert [] == list(shared.kept())
    shared.take(make_record(pair[1]))
    assert {"e000", "e001"} == {each.id for each in shared.kept()}


def test_more_kinds_than_are_told_apart_are_counted_by_status() -> None:
    """A service that answers in another shape each time does not fill the memory."""
    bodies = [{**success(), f"k{number}": 1} for number in range(50)]
    seen = [
        answered(f"e{number:03}", body, span_s=(number, number + 0.5))
        for number, body in enumerate(bodies)
    ]
    for limits in (Limits(-1, alike=2, kinds=5), Limits(-1, alike=2, all_kinds=5)):
        read = partial(split, make_record(*seen), 5)
        excerpt = judge_parts([one_format.RULE], SYSTEM, read, limits).record
        assert 5 + 2 + 1 == len(excerpt.exchanges)
        assert 50 == excerpt.times(excerpt.exchanges)


def test_more_faults_than_are_told_apart_are_one_finding() -> None:
    """A rule that says something else each time says at last that there is more."""

    def judge(_: System, record: Record) -> Iterator[Verdict]:
        for one in record.exchanges:
            yield BENCH.failed(Place("shop", READ), f"fault {one.id}", [one.id])

    judged = _judged(_rule(judge), make_record(*_alike(40)), alike=1, faults=4)
    found = findings(judged.judgement.verdicts)
    assert 40 == sum(one.count for one in found)
    assert "it is wrong in more ways than are told apart" == found[-1].message


def test_what_only_a_part_shows_is_told() -> None:
    """A rule that looks at parts is believed, though the excerpt does not show it again."""

    def judge(_: System, record: Record) -> Iterator[Verdict]:
        if record.exchanges and record.exchanges[0].id == "e010":
            yield BENCH.failed(Place("shop", READ), "a fault", ["e010", "gone"])

    (found,) = findings(_judged(_rule(judge), make_record(*_alike(40))).judgement.verdicts)
    assert ("a fault", ("e010", "gone"), 1) == (found.message, found.evidence, found.count)


def test_a_rule_that_raises_on_a_part_is_told() -> None:
    """The run ends with 3, and whatever it says of the excerpt, something is unproven."""

    def judge(_: System, record: Record) -> Iterator[Verdict]:
        if not record.complete:
            raise RuntimeError(record.exchanges[0].id)
        yield BENCH.passed(Place("shop"), ["e000"])

    judged = _judged(_rule(judge), make_record(*_alike(20)))
    assert (("TST001", "RuntimeError: e000"),) == judged.judgement.raised
    said = [(one.outcome, one.said) for one in judged.judgement.verdicts]
    assert (Outcome.UNPROVEN, "the rule itself failed: RuntimeError: e000") == said[-1]


def test_a_rule_that_looks_at_the_whole_sees_no_part() -> None:
    """It judges the excerpt alone."""
    sizes: list[int] = []

    def judge(_: System, record: Record) -> Iterator[Verdict]:
        sizes.append(len(record.exchanges))
        yield BENCH.unproven(Place("shop"), "nothing")

    _judged(_rule(judge, Reach.WHOLE), make_record(*_alike(100)), alike=10)
    assert [11] == sizes


def _walk(number: int) -> list[Exchange]:
    """A note that is created, read, deleted and gone."""
    at_s, reason = float(number), f"shelf POST /notes, walk {number}"
    note = {"id": f"n{number}", "text": "a"}
    id_ = f"e{number:02}"
    return [
        walks.stepped(f"{id_}.1", walks.CREATE, note, status=201, at_s=at_s, reason=reason),
        walks.stepped(f"{id_}.2", walks.GET, note, at_s=at_s + 0.1, reason=reason),
        walks.stepped(f"{id_}.3", walks.DELETE, {}, at_s=at_s + 0.2, reason=reason),
        walks.stepped(f"{id_}.4", walks.GET, status=404, at_s=at_s + 0.3, reason=reason),
    ]


def test_a_walk_is_kept_whole_or_is_none() -> None:
    """A step of a walk for which there was no room is judged by itself, and the report says so."""
    record = make_record(*(one for number in range(20) for one in _walk(number)))
    judged = _judged(stored_state.RULE, record, walks.SYSTEM, together=9, alike=2)
    steps = [
        one for one in judged.record.exchanges if one.case and one.case.purpose is Purpose.WALK
    ]
    assert 12 == len(steps)
    assert [] == [one for one in judged.judgement.verdicts if one.outcome is Outcome.FAIL]
    (told,) = judged.record.unseen
    said = "only 12 of 80 were judged together; the others were judged by themselves"
    assert ("shelf: exchanges of walks", said) == (told.what, told.reason)


def test_of_a_fault_for_which_there_is_no_room_a_few_exchanges_are_kept() -> None:
    """However many faults there were: nobody is told that nothing was sent while one lay."""
    faults = [FaultSpan(f"f{n}", "shop→bank", "cut", n * 20.0, n * 20 + 19) for n in range(10)]
    record = make_record(*faults, *_alike(200))
    kept = _judged(fault_answer.RULE, record, alike=1, together=30)
    assert 20 + 20 + 8 + 1 >= len(kept.record.exchanges)
    reasons = {one.said for one in kept.judgement.verdicts}
    assert {"the request did not come across the fault on shop→bank"} == reasons


def test_what_met_a_fault_is_kept_as_far_as_there_is_room() -> None:
    """All that was under way while it lay, calls and requests, and the report says what was not."""
    fault = FaultSpan("f", "shop→bank", "cut", 10.0, 30.2)
    calls = [
        replace(called(f"c{number}", failed="refused"), began_s=number, ended_s=number + 0.1)
        for number in range(40)
    ]
    record = make_record(fault, *_alike(40), *calls)
    whole = _judged(envelope.RULE, record, alike=1, together=100).record
    under = {f"e{number:03}" for number in range(10, 31)} | {f"c{n}" for n in range(10, 31)}
    assert under <= {one.id for one in whole.exchanges}
    short = _judged(envelope.RULE, record, alike=1, together=5).record
    assert ["exchanges while shop→bank was cut"] == [one.what for one in short.unseen]


@pytest.mark.parametrize("early", [True, False])
def test_what_came_before_a_refusal_is_counted(*, early: bool) -> None:
    """As many requests as a limit has are kept of those that came before it was first met."""
    seen = [
        walks.stepped("w", walks.LIST, {"items": []}, at_s=number / 10, purpose=Purpose.GENERATED)
        for number in range(2 if early else 40)
    ]
    refused = walks.stepped("w", walks.LIST, status=429, at_s=5, purpose=Purpose.GENERATED)
    numbered = [replace(one, id=f"e{number}") for number, one in enumerate([*seen, refused])]
    record = make_record(*numbered)
    judged = _judged(kept_rate_limit.RULE, record, walks.SYSTEM, alike=1)
    said = [one.message.partition(":")[0] for one in findings(judged.judgement.verdicts)]
    assert early is ("it refuses before its limit" in said)


def test_the_first_few_are_kept_in_order() -> None:
    """Whatever the order in which they come; of none, none."""
    few = Foremost[str](2)
    for at_s in (3.0, 1.0, 2.0, 2.0, 0.5):
        few.add((at_s, str(at_s)), str(at_s))
    assert ["0.5", "1.0"] == list(few)
    none = Foremost[str](0)
    none.add((1.0, ""), "x")
    assert [] == list(none)


def test_failures_in_another_format_are_counted_as_often_as_they_came() -> None:
    """What a finding says in numbers are the numbers of the record."""
    system = replace(SYSTEM, envelope=None)
    seen = [
        answered(
            f"e{number:03}",
            failure("X") if number % 4 else {"detail": "x"},
            status=404 if number % 3 else 400,
            span_s=(number, number + 0.5),
        )
        for number in range(120)
    ]
    judged = _judged(one_format.RULE, make_record(*seen), system, alike=2)
    (found,) = findings(judged.judgement.verdicts)
    assert found.message.startswith("30 of 120 failures are application/json {detail: text}")


def test_calls_of_others_before_a_refusal_count_too() -> None:
    """And who was itself refused meanwhile did not refuse too early."""

    def call(number: int, edge: str, status: int = 200) -> Exchange:
        one = walks.stepped(f"c{number:02}", walks.LIST, {}, status=status, at_s=number / 10)
        return replace(one, edge=edge, case=None)

    refused = walks.stepped("e", walks.LIST, status=429, at_s=5, purpose=Purpose.GENERATED)
    others = [call(number, "desk→shelf") for number in range(1, 45)]
    handed_on = [call(51, "shelf→store", 429)]
    for before in (others, handed_on):
        record = make_record(*before, replace(refused, ended_s=5.3))
        judged = _judged(kept_rate_limit.RULE, record, walks.SYSTEM, alike=1)
        said = [one.message.partition(":")[0] for one in findings(judged.judgement.verdicts)]
        assert "it refuses before its limit" not in said


def test_a_line_that_comes_late_is_found() -> None:
    """A service may write of a request when many others have been answered."""
    seen = [
        answered(
            f"e{number:03}",
            success(),
            sent=f"req-{number}",
            headers=(("x-trace", f"req-{number}"), ("x-version", "2")),
            span_s=(number, number + 0.5),
        )
        for number in range(60)
    ]
    lines = [
        replace(spoken(f"l{number}", json.dumps({"trace": f"req-{number}"})), at_s=number + 40.0)
        for number in range(60)
    ]
    verdicts = _judged(request_id_propagated.RULE, make_record(*seen, *lines)).judgement.verdicts
    found = [one for one in at(verdicts, "log") if one[0] != "unproven"]
    assert [("pass", ("l0", "l1", "l2"))] == [(one[0], one[2][:3]) for one in found]


def test_a_system_without_request_ids_has_an_excerpt() -> None:
    """Nothing belongs together then."""
    system = replace(SYSTEM, request_id=None)
    record = make_record(*_alike(40), called("c"), mailed("m"), spoken("l", "x"))
    judged = _judged(schema.RULE, record, system)
    kept = judged.record
    assert (1, 1) == (len(kept.mails), len(kept.log_lines))
    assert {"fail"} & {one.outcome.value for one in judged.judgement.verdicts} == set()


def test_nothing_makes_no_excerpt() -> None:
    """A record has one part at least, which says what was judged."""
    empty = Excerpt(SYSTEM, Limits())
    empty.end()
    with pytest.raises(ValueError, match="one part"):
        empty.record()
