"""RID003 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

from seamwright.contract import Protocol, RequestId
from seamwright.judge.rules.request_id_propagated import RULE
from seamwright.record.observation import Unseen
from tests.judge.records import (
    PLACE,
    SYSTEM,
    answered,
    at,
    called,
    mailed,
    make_record,
    spoken,
    success,
)

ASKED = answered("a", success())
TOLD = spoken("l", '{"trace": "req-1", "message": "paid"}')


def test_passes_when_call_mail_and_log_carry_the_id() -> None:
    """The ID of the request is on every call, on every mail, and in the log."""
    record = make_record(ASKED, called("c"), mailed("m"), TOLD, spoken("n", "plain words"))
    verdicts = list(RULE.judge(SYSTEM, record))
    assert [("pass", "", ("c",))] == at(verdicts, "shop→bank")
    assert [("pass", "", ("m",))] == at(verdicts, "shop→post")
    assert ("pass", "", ("l",)) in at(verdicts, "log")


def test_passes_when_a_background_call_has_an_id_of_its_own() -> None:
    """A call that no driven request is behind may have another ID, if it has one."""
    record = make_record(ASKED, called("b", trace="cron-7"), called("c"))
    assert [("pass", "", ("c",))] == at(RULE.judge(SYSTEM, record), "shop→bank")


def test_fails_on_a_call_without_an_id() -> None:
    """One call without a well-formed ID is enough, by HTTP and by mail."""
    record = make_record(
        ASKED, called("b"), called("c", trace=None), called("d", trace=" "), mailed("m", trace=None)
    )
    verdicts = list(RULE.judge(SYSTEM, record))
    said = "a call on shop→bank carries no request ID"
    assert [("fail", said, ("c", "d"))] == at(verdicts, "shop→bank")
    said = "a call on shop→post carries no request ID"
    assert [("fail", said, ("m",))] == at(verdicts, "shop→post")


def test_fails_when_all_calls_carry_other_ids() -> None:
    """A service that makes up an ID for the call behind a request loses the given one."""
    placed = answered("a", success(), endpoint=PLACE, status=201)
    record = make_record(placed, called("b", trace="x1"), called("c", trace="x2", at_s=5.0))
    said = "calls on shop→bank carry other request IDs than the requests behind them"
    assert [("fail", said, ("b",))] == at(RULE.judge(SYSTEM, record), "shop→bank")


def test_unproven_when_only_background_calls_were_seen() -> None:
    """Calls while no request ran that makes them have IDs of their own by right."""
    record = make_record(ASKED, called("b", trace="x1"))
    said = "no driven request was seen to call over shop→bank"
    assert [("unproven", said, ())] == at(RULE.judge(SYSTEM, record), "shop→bank")


def test_fails_on_a_log_that_is_silent_about_a_request() -> None:
    """A log that has lines, but none with the request's ID, is a fail."""
    record = make_record(ASKED, spoken("l", '{"trace": 1}'), spoken("m", "[1]"), spoken("n", "{"))
    said = "its log has no line whose `trace` is the request's ID"
    assert ("fail", said, ("a",)) in at(RULE.judge(SYSTEM, record), "log")


def test_unproven_where_no_call_was_seen() -> None:
    """An edge without calls is unproven, also when a call broke off before its head was seen."""
    record = make_record(ASKED, called("b", failed="connection reset", asked=False))
    expected = [("unproven", "nothing was seen on shop→bank", ())]
    assert expected == at(RULE.judge(SYSTEM, record), "shop→bank")


def test_unproven_where_the_edge_could_not_be_seen() -> None:
    """An edge that could not be overheard is unproven, with the reason."""
    record = make_record(Unseen("shop→bank", "runs already"))
    expected = [("unproven", "runs already", ())]
    assert expected == at(RULE.judge(SYSTEM, record), "shop→bank")


def test_unproven_where_the_log_says_nothing_to_the_question() -> None:
    """A log that was not seen, or a service that no request with an ID went to, stays open."""
    logs = at(RULE.judge(SYSTEM, make_record(ASKED, Unseen("bank", "no box"))), "log")
    assert [("its output could not be seen", ()), ("no box", ())] == [one[1:] for one in logs]
    logs = at(RULE.judge(SYSTEM, make_record(spoken("l", "started", box="bank"))), "log")
    assert ("unproven", "no request with an ID was answered", ()) in logs


def test_a_record_that_was_cut_short_lacks_its_last_log_lines() -> None:
    """What was answered in the last second of such a record is not asked for in the log."""
    late = answered("z", success(), sent="late", span_s=(9.0, 9.5))
    for complete, outcome in ((True, "fail"), (False, "pass")):
        record = make_record(ASKED, late, TOLD, complete=complete)
        assert outcome == at(RULE.judge(SYSTEM, record), "log")[0][0]


def test_says_nothing_without_a_declared_id() -> None:
    """A contract without a request ID promises none."""
    system = replace(SYSTEM, request_id=None)
    assert [] == list(RULE.judge(system, make_record(ASKED, called("b"))))


def test_mail_is_read_by_the_http_name_where_no_mail_header_is_declared() -> None:
    """Without a name of its own, a mail carries the ID in a header of the HTTP name."""
    system = replace(SYSTEM, request_id=RequestId(headers=("x-trace",)))
    record = make_record(ASKED, mailed("m"))
    assert [("pass", "", ("m",))] == at(RULE.judge(system, record), "shop→post")


def test_leaves_out_edges_that_cannot_carry_an_id_or_are_not_used() -> None:
    """IMAP has no place for an ID, and an edge that no success uses promises no call."""
    imap = replace(SYSTEM.edges[1], protocol=Protocol.IMAP)
    unused = replace(SYSTEM.edges[0], caller="bank", callee="shop")
    verdicts = RULE.judge(replace(SYSTEM, edges=(SYSTEM.edges[0], imap, unused)), make_record())
    assert {"shop→bank", "log"} == {one.place.aspect for one in verdicts}
