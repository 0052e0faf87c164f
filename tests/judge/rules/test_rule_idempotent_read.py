"""IDM001 on walks made by hand."""

from __future__ import annotations

from dataclasses import replace

from seamwright.judge.rules.idempotent_read import RULE
from tests.judge.records import at, fails, make_record
from tests.judge.rules.walks import CHANGE, GET, LIST, SYSTEM, silent, stepped

NOTE, OTHER = {"id": "n1", "text": "Tea"}, {"id": "n1", "text": "Milk"}
FIRST = stepped("a", GET, NOTE, at_s=1)


def test_passes_two_of_the_same() -> None:
    """Both are evidence."""
    again = stepped("b", GET, NOTE, at_s=2)
    assert [("pass", "", ("a", "b"))] == at(RULE.judge(SYSTEM, make_record(FIRST, again)), GET)


def test_fails_two_that_differ() -> None:
    """The second one is what is shown first; another pair that agrees does not make up for it."""
    again, more = stepped("b", GET, OTHER, at_s=2), stepped("c", GET, OTHER, at_s=3)
    said = "asked twice with nothing written meanwhile, it answers other data"
    verdicts = list(RULE.judge(SYSTEM, make_record(FIRST, again, more)))
    assert [(said, ("b", "a"))] == fails(verdicts)
    assert ["fail"] == [one.outcome.value for one in verdicts]


def test_judges_equal_reads_with_nothing_in_between() -> None:
    """A write between them, another target, a refusal, no answer: nothing is said."""
    record = make_record(
        FIRST,
        stepped("b", CHANGE, OTHER, at_s=2),
        stepped("c", GET, OTHER, at_s=3),
        stepped("d", GET, NOTE, at_s=4, target="/notes/n2"),
        stepped("e", GET, status=503, at_s=5, target="/notes/n2"),
        silent(stepped("f", GET, NOTE, at_s=6, target="/notes/n2")),
        replace(stepped("g", GET, NOTE, at_s=7), request=None),
        stepped("h", LIST, b"oops", at_s=8),
        stepped("i", LIST, b"oops again", at_s=9),
    )
    assert [] == list(RULE.judge(SYSTEM, record))


def test_says_nothing_without_an_envelope() -> None:
    """The whole body may tell the request's own ID."""
    naked = replace(SYSTEM, envelope=None)
    record = make_record(FIRST, stepped("b", GET, OTHER, at_s=2))
    assert [] == list(RULE.judge(naked, record))


def test_reads_data_wherever_it_lies() -> None:
    """Outside of the envelope, or where it names no place for it, the whole body is the data."""
    bare = stepped("a", "GET /health", b'{"up": 1}', at_s=1)
    other = stepped("b", "GET /health", b'{"up": 2}', at_s=2)
    assert 1 == len(fails(RULE.judge(SYSTEM, make_record(bare, other))))
    envelope = SYSTEM.envelope
    assert envelope is not None
    dumb = replace(
        SYSTEM, envelope=replace(envelope, success=replace(envelope.success, members=()))
    )
    assert 1 == len(fails(RULE.judge(dumb, make_record(FIRST, stepped("b", GET, OTHER, at_s=2)))))
