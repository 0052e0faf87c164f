"""INT001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.finding import findings
from seamwright.judge.rules.internals import RULE
from tests.judge.records import (
    PLACE,
    READ,
    SYSTEM,
    answered,
    at,
    fails,
    failure,
    make_record,
    success,
    unanswered,
)

TRACE = 'Traceback (most recent call last):\n  File "/srv/shop/main.py", line 3, in read'
HTML = (("content-type", "text/html; charset=utf-8"),)


def _failing(message: str, **more: object) -> dict[str, object]:
    return {"ok": False, "problem": {"message": message, **more}}


def test_passes_where_failures_tell_nothing() -> None:
    """A success may tell what people have stored, and an answer without a body tells nothing."""
    record = make_record(
        answered("a", failure("NO_SUCH_ORDER"), status=404),
        answered("b", success({"id": "1", "note": TRACE})),
        answered("c", b"", status=500),
        unanswered("d"),
    )
    assert [("pass", "", ("a",))] == at(RULE.judge(SYSTEM, record), READ)


@pytest.mark.parametrize(
    ("body", "kind", "what"),
    [
        (_failing(TRACE), None, "a stack trace of Python"),
        (_failing("no", detail=["x", {"y": TRACE}]), None, "a stack trace of Python"),
        (TRACE.encode(), HTML, "a stack trace of Python"),
        (b"<pre>File &quot;/a/b.py&quot;, line 3, in read</pre>", HTML, "a stack trace of Python"),
        (b"no such table: orders", HTML, "an error of SQLite"),
        (_failing("ENOENT, open '/app/shop/orders.json'"), None, "a path of a file"),
        (_failing("postgres://shop:s3cr3t@db/shop"), None, "a password in an address"),
    ],
)
def test_fails_where_one_tells_of_the_inside(body: object, kind: object, what: str) -> None:
    """In any member, in a page and in plain text; a path within a trace is no second finding."""
    more = {"kind": kind} if kind else {}
    record = make_record(answered("a", body, status=500, **more))  # pyright: ignore[reportArgumentType] - as they are made
    assert [(f"500: the body tells {what}", ("a",))] == fails(RULE.judge(SYSTEM, record))


def test_a_secret_is_a_finding_of_its_own() -> None:
    """Whatever else the answer tells."""
    record = make_record(answered("a", _failing(f"{TRACE} AKIAIOSFODNN7EXAMPLE"), status=500))
    assert [
        "500: the body tells a stack trace of Python",
        "500: the body tells a token",
    ] == [said for said, _ in fails(RULE.judge(SYSTEM, record))]


def test_what_was_sent_is_no_leak() -> None:
    """By the request itself, in any part of it, or by one before that was kept."""
    file = "/home/ann/x/orders.json"
    record = make_record(
        answered("a", _failing(f"no order {file}"), status=404, target=f"/orders/{file}"),
        answered(
            "b",
            _failing(f"no order {file}"),
            status=404,
            target="/orders/%2Fhome/ann%2Fx/orders.json",
        ),
        answered("c", _failing(TRACE), status=422, endpoint=PLACE, payload=_json(TRACE)),
        answered(
            "d", _failing(f"no {file}"), status=404, asked=(("x-file", file),), target="/orders/1"
        ),
        answered("e", _failing(TRACE), status=409),
    )
    assert [] == fails(RULE.judge(SYSTEM, record))


def _json(text: str) -> bytes:
    return ('{"note": "' + text.replace('"', '\\"').replace("\n", "\\n") + '"}').encode()


def test_one_error_handler_is_one_finding() -> None:
    """With all the endpoints that it answers for, whatever the status."""
    record = make_record(
        answered("a", _failing(TRACE), status=500),
        answered("b", _failing(TRACE), status=400, endpoint=PLACE),
    )
    (one,) = findings(RULE.judge(SYSTEM, record))
    assert ({READ, PLACE}, 2) == (set(one.endpoints), one.count)


def test_errors_of_graphql_are_failures() -> None:
    """They come with 200; another success that has errors in it is somebody's data."""
    told = {"data": None, "errors": [{"message": "x", "extensions": {"stack": TRACE}}]}
    bare = replace(SYSTEM, envelope=None)
    assert [("200: the body tells a stack trace of Python", ("a",))] == fails(
        RULE.judge(bare, make_record(answered("a", told)))
    )
    for body in ({**told, "id": 1}, {"errors": TRACE}, [TRACE], b"{"):
        assert [] == fails(RULE.judge(bare, make_record(answered("a", body))))


def test_unproven_where_no_failure_was_seen() -> None:
    """A success alone, and nothing at all."""
    assert [("unproven", "no failure with a body was seen", ())] == at(
        RULE.judge(SYSTEM, make_record(answered("a", success({"id": "1"})))), READ
    )
    assert [("unproven", "no request was sent to it", ())] == at(
        RULE.judge(SYSTEM, make_record()), READ
    )
