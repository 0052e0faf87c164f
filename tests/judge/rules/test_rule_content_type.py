"""CTT001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Answer
from seamwright.judge.rules.content_type import RULE
from tests.judge.records import (
    HEALTH,
    JSON,
    PLACE,
    READ,
    SYSTEM,
    Order,
    answered,
    at,
    fails,
    failure,
    make_record,
    success,
    unanswered,
)

BARE = replace(SYSTEM, envelope=None)


def _kind(*said: str) -> tuple[tuple[str, str], ...]:
    return tuple(("content-type", one) for one in said)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/json; charset=utf-8",
        'Application/JSON ; Charset="UTF-8"',
        "application/problem+json",
        "application/json;charset=utf8",
        "application/json; profile=x",
    ],
)
def test_passes_where_json_is_json(kind: str) -> None:
    """With the charset that it has, or none; in the envelope and without one."""
    for system in (SYSTEM, BARE):
        record = make_record(answered("a", failure("NO_SUCH_ORDER"), status=404, kind=_kind(kind)))
        assert [("pass", "", ("a",))] == at(RULE.judge(system, record), READ)


@pytest.mark.parametrize(
    ("body", "kind", "fault"),
    [
        (b"{}", _kind(), "there is a body, and no content type"),
        (b"{}", _kind("json"), "the content type is no media type"),
        (b"oops", JSON, "the content type says JSON, and the body is not JSON"),
        (b"\xff", JSON, "the content type says JSON, and the body is not UTF-8"),
        (
            b"oops",
            _kind("application/problem+json"),
            "the content type says JSON, and the body is not JSON",
        ),
        (b"{}", _kind("text/plain"), "the body is JSON, and its content type says text/plain"),
        (
            b" [1]",
            _kind("text/html; charset=utf-8"),
            "the body is JSON, and its content type says text/html",
        ),
        (
            b"{}",
            _kind("application/json; charset=ISO-8859-1"),
            "the content type says that JSON is iso-8859-1, which it never is",
        ),
    ],
)
def test_fails_where_a_body_is_something_else(
    body: bytes, kind: tuple[tuple[str, str], ...], fault: str
) -> None:
    """Of a failure that no schema describes."""
    record = make_record(answered("a", body, status=500, kind=kind))
    assert [(f"500: {fault}", ("a",))] == fails(RULE.judge(BARE, record))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", _kind()),
        (b"404 page not found", _kind("text/plain")),
        (b"<h1>{}</h1>", _kind("text/html")),
        (b"12", _kind("text/plain")),
        (b"{a template}", _kind("text/plain")),
        (b"{}\n{}\n", _kind("application/x-ndjson")),
        (b"{}\n{}\n", _kind("application/stream+json")),
        (b"\x1b\x00", (*JSON, ("content-encoding", "br"))),
        (b"{}", (*JSON, ("content-encoding", "gzip"))),
    ],
)
def test_what_may_be_so_is_no_fault(body: bytes, kind: tuple[tuple[str, str], ...]) -> None:
    """Text that looks like something, lines of JSON, and what is still coded."""
    record = make_record(answered("a", body, status=500, kind=kind))
    assert [] == fails(RULE.judge(BARE, record))


def test_what_was_cut_is_not_parsed() -> None:
    """Its charset would be told all the same where it is in the envelope."""
    record = make_record(answered("a", b'{"a"', status=500, truncated=True))
    assert [] == fails(RULE.judge(BARE, record))


def test_other_rules_say_whether_it_is_json_at_all() -> None:
    """ENV001 of what is in the envelope, SCH001 of a success that has a schema."""
    page = answered("a", b"<h1>", status=404, kind=_kind("text/html"))
    bare = answered("b", b"oops")
    assert [] == fails(RULE.judge(SYSTEM, make_record(page, answered("c", b"oops", kind=_kind()))))
    assert [] == fails(RULE.judge(BARE, make_record(page, bare)))
    charset = answered("d", success(), kind=_kind("application/json; charset=utf-16"))
    assert [("d",)] == [ids for _, ids in fails(RULE.judge(SYSTEM, make_record(charset)))]


def test_what_is_declared_beside_may_be_text() -> None:
    """An answer of its own media type, and one whose body a schema describes."""
    (shop, bank) = SYSTEM.services
    said = (
        Answer("410", "gone", None, "text/plain"),
        Answer("412", "x", Order, "application/json"),
    )
    endpoints = tuple(replace(one, answers=said) for one in shop.endpoints)
    system = replace(SYSTEM, services=(replace(shop, endpoints=endpoints), bank))
    record = make_record(
        answered("a", b"[1]", status=410, kind=_kind("text/plain")),
        answered("b", b"oops", status=412),
        answered("c", b"{}", status=410, endpoint=PLACE, kind=_kind("text/html")),
    )
    assert [("410: the body is JSON, and its content type says text/html", ("c",))] == fails(
        RULE.judge(system, record)
    )


def test_an_exempt_endpoint_is_judged() -> None:
    """Where ENV001 says nothing: its own failures, and the charset of its successes."""
    latin = _kind("application/json; charset=latin1")
    record = make_record(
        answered("a", b"oops", status=503, endpoint=HEALTH),
        answered("b", b"{}", status=404, endpoint=HEALTH, kind=_kind("text/plain")),
        answered("c", b"{}", endpoint=HEALTH, kind=_kind()),
        answered("d", b"{}", endpoint=HEALTH, kind=_kind("text/html")),
        answered("e", b"{}", endpoint=HEALTH, kind=latin),
    )
    assert [
        ("503: the content type says JSON, and the body is not JSON", ("a",)),
        ("200: the content type says that JSON is latin1, which it never is", ("e",)),
    ] == fails(RULE.judge(SYSTEM, record))


def test_unproven_where_no_body_was_seen() -> None:
    """Nothing, an empty answer, and no answer."""
    for seen in ((), (answered("a", b"", status=204, kind=_kind()),), (unanswered("a"),)):
        ((outcome, why, _),) = at(RULE.judge(SYSTEM, make_record(*seen)), READ)
        expected = "no body of it was seen" if seen else "no request was sent to it"
        assert ("unproven", expected) == (outcome, why)
