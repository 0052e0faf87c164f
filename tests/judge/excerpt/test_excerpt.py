"""What is said by an excerpt is what is said by the whole record."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from seamwright.contract import RateLimit
from seamwright.judge.excerpt.limits import Limits
from seamwright.judge.judgement import judge
from seamwright.judge.judgement_of_parts import judge_parts
from seamwright.judge.registry import RULES
from seamwright.record.encoding import Head
from seamwright.record.observation import Exchange, FaultSpan, Purpose, Response
from seamwright.report.assemble import assemble
from tests.judge.excerpt.splits import split
from tests.judge.records import (
    HEALTH,
    PLACE,
    READ,
    SYSTEM,
    answered,
    called,
    failure,
    mailed,
    make_record,
    spoken,
    success,
    unanswered,
)

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.record.load import Record
    from seamwright.record.observation import Observation

HEAD = Head(
    format=1,
    subject="trade",
    contract_digest="sha256:" + "0" * 64,
    started="2026-01-02T03:04:05+00:00",
    zero_s=0,
)
SMALL = Limits(whole=-1, alike=8, shown=8)
EDGES = ("shop→bank", "shop→post")
PURPOSES = (
    Purpose.WELL,
    Purpose.BAD,
    Purpose.GENERATED,
    Purpose.BURST,
    Purpose.WALK,
    Purpose.PROVOKED,
)
REASONS = ("NO_SUCH_ORDER: so", "BANK_DOWN: so", "walk 1", "pages of orders")
BODIES: tuple[object, ...] = (
    success(),
    success(),
    success({"id": "o1", "total": "3"}),
    success({"id": 1}),
    success(trace="another"),
    failure("NO_SUCH_ORDER"),
    failure("BANK_DOWN", again=True),
    failure("BANK_DOWN", again=False),
    failure("NO_SUCH_VERSION"),
    failure("UNHEARD_OF"),
    {"detail": "not found"},
    {"status": "ok", "dependencies": {"bank": "ok", "post": "ok"}},
    b"<html>",
    b"",
)


def limited() -> System:
    """The shop, with a limit for reading."""
    shop, bank = SYSTEM.services
    read, *others = shop.endpoints
    read = replace(read, rate_limit=RateLimit(limit=3, window_s=2))
    return replace(SYSTEM, services=(replace(shop, endpoints=(read, *others)), bank))


@st.composite
def _answered(draw: st.DrawFn, number: int, span_s: tuple[float, float]) -> Exchange:
    sent = draw(st.sampled_from([None, f"req-{number}", f"req-{number}", "req-1"]))
    given_id = draw(st.sampled_from([sent or f"own-{number}", sent or "own-1", "bad id"]))
    told = (("x-trace", given_id), ("x-version", draw(st.sampled_from(["2", "2", "2", "1"]))))
    asked = (("x-version", "9"),) if draw(st.integers(0, 5)) == 0 else ()
    one = answered(
        f"e{number}",
        draw(st.sampled_from(BODIES)),
        endpoint=draw(st.sampled_from([READ, READ, PLACE, HEALTH, None])),
        status=draw(st.sampled_from([200, 200, 201, 204, 400, 404, 429, 500, 503])),
        headers=told,
        kind=(("content-type", draw(st.sampled_from(["application/json", "text/html"]))),),
        sent=sent,
        asked=asked,
        payload=b"x" * draw(st.integers(0, 3)),
        truncated=draw(st.integers(0, 9)) == 0,
        span_s=span_s,
    )
    case, response = one.case, one.response
    if case is None or response is None:
        return one
    if response.status == 429 and draw(st.booleans()):
        response = replace(response, headers=(*response.headers, ("retry-after", "1")))
    case = replace(
        case,
        purpose=draw(st.sampled_from(PURPOSES)),
        reason=draw(st.sampled_from(REASONS)),
        valid=draw(st.booleans()),
    )
    return replace(one, case=case, response=response, tries=draw(st.sampled_from([1, 1, 1, 2])))


@st.composite
def records(draw: st.DrawFn, most: int = 80) -> Record:
    """A record of some dozens of observations, many of them alike and many of them wrong."""
    seen: list[Observation] = []
    count = draw(st.integers(0, most))
    for number in range(count):
        at_s = round(number / 10, 1)
        span_s = (at_s, at_s + draw(st.sampled_from([0.05, 0.3])))
        trace = draw(st.sampled_from([None, "req-1", f"req-{number}", f"req-{number + 1}", "x y"]))
        match draw(st.integers(0, 9)):
            case 0:
                seen.append(unanswered(f"e{number}", span_s=span_s))
            case 1 | 2:
                failed = draw(st.sampled_from(["", "", "connection refused"]))
                call = called(f"e{number}", trace=trace, failed=failed, at_s=at_s)
                if call.response and draw(st.integers(0, 3)) == 0:
                    call = replace(call, response=Response(429, (), b""))
                seen.append(call)
            case 3:
                seen.append(replace(mailed(f"e{number}", trace=trace), at_s=at_s))
            case 4 | 5:
                text = json.dumps({"trace": trace}) if draw(st.booleans()) else "no JSON"
                line = spoken(f"e{number}", text, draw(st.sampled_from(["shop", "bank"])))
                seen.append(replace(line, at_s=at_s))
            case 6 if draw(st.booleans()):
                lifted_s = draw(st.sampled_from([at_s + 1, None]))
                edge = draw(st.sampled_from(EDGES))
                seen.append(FaultSpan(f"e{number}", edge, "cut", at_s, lifted_s))
            case _:
                seen.append(draw(_answered(number, span_s)))
    return replace(make_record(*seen, complete=draw(st.booleans())), head=HEAD)


def test_what_met_a_fault_is_no_finding_wherever_it_is_cut() -> None:
    """It met the fault, and ends when the fault is lifted long since, in another part."""
    one = answered("a", {}, endpoint=READ, status=500, span_s=(1.0, 3.0))
    before = answered("b", success(), endpoint=READ, span_s=(2.5, 2.6))
    record = replace(make_record(before, one, FaultSpan("f", EDGES[0], "cut", 0.5, 2.0)), head=HEAD)
    judged = judge_parts(RULES, limited(), partial(split, record, 1), SMALL)
    assert not {one.code for one in judged.judgement.verdicts if one.outcome.value == "fail"} & {
        "SRV001",
        "STS001",
    }


@settings(deadline=None)
@given(records(), st.sampled_from([1, 2, 7, 30]))
def test_the_report_of_an_excerpt_is_that_of_the_record(record: Record, size: int) -> None:
    """Rows, findings, counts, evidence and census are the same, wherever it is cut."""
    system = limited()
    whole = assemble(system, record, judge(RULES, system, record))
    judged = judge_parts(RULES, system, partial(split, record, size), SMALL)
    assert whole == assemble(system, judged.record, judged.judgement)


def _many(count: int) -> Record:
    """Requests that are alike, each with its line and its call, and one in ten wrong."""
    seen: list[Observation] = []
    for number in range(count):
        at_s = number / 10
        trace = f"req-{number}"
        body = success({"id": 1}, trace) if number % 10 == 5 else success(None, trace)
        told = (("x-trace", trace), ("x-version", "2"))
        span_s = (at_s, at_s + 0.05)
        seen += [
            answered(f"e{number:04}", body, sent=trace, headers=told, span_s=span_s),
            replace(called(f"c{number:04}", trace=trace), began_s=at_s, ended_s=at_s + 0.01),
            replace(spoken(f"l{number}", json.dumps({"trace": trace})), at_s=at_s),
            replace(mailed(f"m{number:04}", trace=trace), at_s=at_s),
        ]
    return replace(make_record(*seen), head=HEAD)


def test_what_is_kept_does_not_grow_with_the_record() -> None:
    """Ten times as many requests leave as many in the excerpt, and are counted all the same."""
    sizes: list[int] = []
    for count in (1_000, 3_000):
        record = _many(count)
        judged = judge_parts(RULES, SYSTEM, partial(split, record, 100), Limits(whole=0))
        whole = assemble(SYSTEM, record, judge(RULES, SYSTEM, record))
        assert whole == assemble(SYSTEM, judged.record, judged.judgement)
        kept = judged.record
        sizes.append(len(kept.exchanges) + len(kept.log_lines) + len(kept.mails))
    assert sizes[0] == sizes[1]
    assert sizes[1] < 200
