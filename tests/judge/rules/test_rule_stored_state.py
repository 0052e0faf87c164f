"""STA001 on walks made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.rules.stored_state import RULE
from seamwright.record.observation import Exchange, Purpose
from tests.judge.records import at, fails, make_record
from tests.judge.rules.walks import (
    CHANGE,
    CREATE,
    DELETE,
    GET,
    LIST,
    SYSTEM,
    silent,
    stepped,
)

NOTE = {"id": "n1", "text": "Tea", "at": "2026-01-01T00:00:00Z"}
MADE = stepped("a", CREATE, NOTE, status=201, sent={"text": "Tea"}, at_s=1)
SEEN = stepped("b", GET, NOTE, at_s=2)
OTHER = {**NOTE, "text": "Milk"}
CHANGED = stepped("c", CHANGE, OTHER, sent={"text": "Milk"}, at_s=3)
SEEN_AGAIN = stepped("d", GET, OTHER, at_s=4)
ENDED = stepped("e", DELETE, {}, at_s=5)
GONE = stepped("f", GET, status=404, at_s=6)
UNCHANGEABLE = stepped("g", CHANGE, status=404, sent={"text": "Milk"}, at_s=7)


def _fails(*walk: Exchange) -> list[tuple[str, tuple[str, ...]]]:
    return fails(RULE.judge(SYSTEM, make_record(*walk)))


def test_passes_a_whole_life() -> None:
    """Read as created, read as changed, gone once deleted: each is evidence."""
    walk = (MADE, SEEN, CHANGED, SEEN_AGAIN, ENDED, GONE, UNCHANGEABLE)
    verdicts = RULE.judge(SYSTEM, make_record(*walk))
    assert [("pass", "", ("b", "d", "f", "g"))] == at(verdicts, CREATE)


def test_fails_when_it_is_read_otherwise() -> None:
    """A field that has another value than the answer before it told."""
    late = replace(SEEN_AGAIN, id="x")
    said = "text is read otherwise than it was created"
    assert [(said, ("x", "a"))] == _fails(MADE, late)
    said = "text is read otherwise than it was changed"
    stale = stepped("x", GET, NOTE, at_s=4)
    assert [(said, ("x", "a"))] == _fails(MADE, SEEN, CHANGED, stale)


def test_fails_when_it_is_answered_otherwise_than_sent() -> None:
    """What the answer repeats is what the request said."""
    made = stepped("a", CREATE, OTHER, status=201, sent={"text": "Tea"})
    assert [("text is answered otherwise than it was sent", ("a", "a"))] == _fails(made)


def test_fails_when_what_was_sent_is_lost() -> None:
    """An answer that tells the id alone is completed by what was sent."""
    short = stepped("a", CREATE, {"id": "n1"}, status=201, sent={"text": "Tea"})
    assert [("text is read otherwise than it was created", ("x", "a"))] == _fails(
        short, stepped("x", GET, OTHER, at_s=2)
    )
    assert [] == _fails(short, SEEN)


@pytest.mark.parametrize("told", [{"text": " TEA "}, {"at": "2027-01-01T00:00:00Z"}, {"by": "b@c"}])
def test_overlooks_other_words_for_the_same(told: dict[str, str]) -> None:
    """Case and spaces, moments, and a form that the service gives to what has a format."""
    sent = {"text": "Tea", "by": "b@c", "deep": {"one": 1}}
    made = stepped("a", CREATE, {**NOTE, **told}, status=201, sent=sent)
    assert [] == _fails(made, SEEN)


def test_leaves_what_the_schema_refuses_to_its_rule() -> None:
    """Null, or a number for a text, is the finding of SCH001."""
    for odd in (None, 7):
        told = {**NOTE, "text": odd}
        made = stepped("a", CREATE, told, status=201, sent={"text": "Tea"})
        assert [] == _fails(made, stepped("b", GET, told, at_s=2), SEEN_AGAIN)


def test_without_an_envelope_only_what_was_sent_counts() -> None:
    """Other members of a body may be about the request itself."""
    made = stepped("a", CREATE, b'{"id": "n1", "trace": "x"}', status=201, sent={"text": "Tea"})
    system = replace(SYSTEM, envelope=None)
    seen = stepped("b", GET, b'{"id": "n1", "trace": "y", "text": "Tea"}', at_s=2)
    assert [] == fails(RULE.judge(system, make_record(made, seen)))
    other = stepped("c", GET, b'{"id": "n1", "text": "Milk"}', at_s=3)
    assert 1 == len(fails(RULE.judge(system, make_record(made, seen, other))))


def test_fails_when_it_cannot_be_read() -> None:
    """It was created and is not there; or it was there, and is not any more."""
    assert [("what was created cannot be read", ("f", "a"))] == _fails(MADE, GONE)
    assert [("it is not there now", ("f", "a"))] == _fails(MADE, SEEN, GONE)


def test_fails_when_it_outlives_its_deletion() -> None:
    """It is read, or changed, after the service said that it was deleted."""
    read = stepped("x", GET, NOTE, at_s=6)
    changed = stepped("y", CHANGE, OTHER, sent={"text": "Milk"}, at_s=7)
    assert [
        ("what was deleted can still be read", ("x", "a")),
        ("what was deleted can still be changed", ("y", "a")),
    ] == _fails(MADE, ENDED, read, changed)


def test_refusals_decide_nothing() -> None:
    """A limit, a broken part or no answer says nothing of what is stored."""
    walk = (
        MADE,
        stepped("x", GET, status=429, at_s=2),
        stepped("y", CHANGE, status=503, sent={"text": "Milk"}, at_s=3),
        silent(stepped("z", GET, at_s=4)),
        stepped("v", DELETE, status=503, at_s=5),
        SEEN_AGAIN,
    )
    assert [("text is read otherwise than it was created", ("d", "a"))] == _fails(*walk)
    after = (MADE, ENDED, stepped("w", GET, status=503, at_s=6))
    later = stepped("u", CHANGE, status=503, sent={"text": "Milk"}, at_s=7)
    verdicts = RULE.judge(SYSTEM, make_record(*after, later))
    why = "nothing that it created was read or deleted"
    assert [("unproven", why, ())] == at(verdicts, CREATE)


def test_is_unproven_where_nothing_was_created() -> None:
    """A creation that was refused leads to nothing."""
    refused = stepped("a", CREATE, status=422, sent={"text": "Tea"})
    why = "nothing that it created was read or deleted"
    verdicts = list(RULE.judge(SYSTEM, make_record(refused, GONE)))
    assert [("unproven", why, ())] == at(verdicts, CREATE)


def test_judges_walks_only() -> None:
    """Lists, and requests for other purposes, are not its business."""
    turned = stepped("a", LIST, {"items": []})
    other = stepped("b", CREATE, NOTE, status=201, purpose=Purpose.WELL)
    assert [] == list(RULE.judge(SYSTEM, make_record(turned, other)))


def test_bodies_that_cannot_be_read_decide_nothing() -> None:
    """Neither a request that is no object nor an answer that is no JSON is taken for a thing."""
    made = stepped("a", CREATE, b"oops", status=201, sent=b"{")
    listed = replace(stepped("b", GET, [1], at_s=2), request=None)
    assert [] == _fails(made, listed, stepped("c", GET, [1], at_s=3))
    unknown = stepped("a", "POST /other", NOTE, status=201, sent=["Tea"])
    assert [] == _fails(unknown, replace(SEEN, case=replace(SEEN.case, endpoint=None)))  # pyright: ignore[reportArgumentType] - it has a case
