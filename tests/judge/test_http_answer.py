"""Which answers are not the application's, and what other rules make of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.judge.finding import findings
from seamwright.judge.http_answer import is_of_http, is_of_parser
from seamwright.judge.rules import envelope, one_format, request_id_generated, versioning
from seamwright.record.observation import Purpose
from tests.judge.records import SYSTEM, answered, fails, failure, make_record
from tests.judge.rules.misuses import misused

TEXT = (("content-type", "text/plain"),)


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("GET /a", 301, True),
        ("GET /a", 206, True),
        ("OPTIONS /a", 200, True),
        ("OPTIONS /a", 405, False),
        ("GET /a", 200, False),
        ("GET /a", 0, False),
    ],
)
def test_what_http_allows(asked: str, status: int, expected: bool) -> None:
    """Redirects, parts and what OPTIONS tells."""
    one = misused("a", asked, status)
    assert expected == is_of_http(one)
    assert not is_of_http(answered("a", {}, status=301))


@pytest.mark.parametrize(
    ("status", "due", "expected"),
    [
        (400, False, True),
        (400, True, False),
        (431, True, True),
        (404, False, False),
        (0, True, False),
    ],
)
def test_what_a_parser_may_say(status: int, due: bool, expected: bool) -> None:
    """400 to what is no HTTP; 431 to anything."""
    assert expected == is_of_parser(misused("a", "GET /a", status, due=due))


@pytest.mark.parametrize(
    ("endpoint", "status", "expected"),
    [(None, 501, True), (None, 400, False), ("GET /a", 501, False)],
)
def test_a_method_that_no_server_knows(endpoint: str | None, status: int, expected: bool) -> None:
    """Whoever sent it; 501 of an endpoint is its own."""
    one = misused("a", "BREW /a", status, endpoint=endpoint, purpose=Purpose.BAD)
    assert expected == is_of_parser(one)


def test_what_a_parser_says_is_one_finding() -> None:
    """However many ways it fails in, and whatever it lacks beside the envelope."""
    record = make_record(
        misused("a", "GET /a", 400, headers=TEXT, body=b"no", due=False),
        misused("b", "GET /a", 431, due=False),
        misused("c", "GET /a", 501, headers=TEXT, body=b"<h1>"),
    )
    rules = (envelope.RULE, request_id_generated.RULE, versioning.RULE)
    found = findings(verdict for rule in rules for verdict in rule.judge(SYSTEM, record))
    assert [("ENV001", "shop", 3)] == [(one.code, one.place.service, one.count) for one in found]


def test_without_an_envelope_it_is_one_further_format() -> None:
    """What prevails is what the application answers."""
    bare = replace(SYSTEM, envelope=None)
    record = make_record(
        answered("a", failure("NO_SUCH_ORDER"), status=404),
        answered("b", failure("OUT_OF_STOCK"), status=409),
        misused("c", "GET /a", 400, headers=TEXT, body=b"no", due=False),
        misused("d", "GET /a", 431, headers=(("content-type", "text/html"),), body=b"x", due=False),
    )
    found = findings(one_format.RULE.judge(bare, record))
    assert [("FMT001", 2)] == [(one.code, one.count) for one in found]


def test_a_parser_that_gives_an_id_gives_a_well_formed_one() -> None:
    """What has our headers is held to them."""
    wrong = (("x-trace", "a b"), ("x-version", "1"))
    record = make_record(misused("a", "GET /a", 400, headers=wrong, due=False))
    assert ["the answer's x-trace is not well-formed"] == [
        said for said, _ in fails(request_id_generated.RULE.judge(SYSTEM, record))
    ]
    assert ["the answer has no x-version: 2"] == [
        said for said, _ in fails(versioning.RULE.judge(SYSTEM, record))
    ]


def test_a_redirect_is_judged_by_nobody() -> None:
    """No contract says in what form a path is put right."""
    record = make_record(misused("a", "GET //a", 301, purpose=Purpose.MISUSE))
    for rule in (envelope.RULE, request_id_generated.RULE, versioning.RULE, one_format.RULE):
        assert [] == fails(rule.judge(SYSTEM, record))
