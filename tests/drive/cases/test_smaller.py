"""Requests that are a step smaller, and a request out of a record."""

from __future__ import annotations

import json

from seamwright.drive.cases.case import Case
from seamwright.drive.cases.smaller import case_again, size, smaller
from seamwright.record.observation import CaseLabel, Exchange, Purpose, Request

LABEL = CaseLabel("c", "a", "GET /x", Purpose.GENERATED, "", None, valid=True, credential="user")


def _case(target: str = "/x", body: object = None, **headers: str) -> Case:
    content = b"" if body is None else json.dumps(body).encode()
    return Case(LABEL, "POST", target, tuple(headers.items()), content)


def _bodies(body: object) -> list[object]:
    return [json.loads(one.body) for one in smaller(_case(body=body)) if one.body]


def test_the_query_is_left_out_whole_and_in_parts() -> None:
    """The whole of it first."""
    targets = [one.target for one in smaller(_case("/x?a=1&b=2"))]
    assert ["/x", "/x?b=2", "/x?a=1"] == targets
    assert ["/x"] == [one.target for one in smaller(_case("/x?a=1"))]


def test_each_header_is_left_out() -> None:
    """One at a time."""
    assert [(("b", "2"),), (("a", "1"),)] == [one.headers for one in smaller(_case(a="1", b="2"))]


def test_members_and_items_are_left_out() -> None:
    """At every depth, the outer ones first; values are made short."""
    whole: dict[str, object] = {"a": 1, "b": [1, 2]}
    members: list[dict[str, object]] = [{}, {"b": [1, 2]}, {"a": 1}]
    items: list[dict[str, object]] = [{"a": 1, "b": []}, {"a": 1, "b": [2]}, {"a": 1, "b": [1]}]
    assert [*members, *items] == _bodies(whole)
    assert [{}, {"a": "x" * 20}] == _bodies({"a": "x" * 40})
    assert [[]] == _bodies([7])
    assert [] == _bodies(7)


def test_a_body_that_is_no_json_is_halved() -> None:
    """Whatever it is."""
    made = [one.body for one in smaller(Case(LABEL, "POST", "/x", (), b"{{}}"))]
    assert [b"", b"{{", b"}}"] == made
    assert [b""] == [one.body for one in smaller(Case(LABEL, "POST", "/x", (), b"{"))]


def test_what_is_left_of_a_valid_request_may_be_invalid() -> None:
    """And it is smaller, in what counts first."""
    case = _case("/x?a=1", {"a": 1}, b="2")
    made = list(smaller(case))
    assert not any(one.label.valid for one in made)
    assert all(size(one) < size(case) for one in made)


def test_a_request_out_of_a_record_is_sent_as_it_was() -> None:
    """Without what the client adds, and without credentials: whose it was is known."""
    headers = (("host", "h"), ("authorization", "*" * 9), ("x-a", "1"), ("content-length", "2"))
    request = Request("POST", "/x", headers, b"{}")
    exchange = Exchange("d1", "driver→a", 0, 1, request, None, "", LABEL, "http://h")
    made = case_again(exchange, "again-1")
    assert made is not None
    assert (("x-a", "1"),) == made.headers
    assert ("user", Purpose.AGAIN, "again-1") == (
        made.credential,
        made.label.purpose,
        made.label.id,
    )
    assert case_again(Exchange("w1", "a→b", 0, 1, request, None), "x") is None


def test_a_long_query_is_halved_first() -> None:
    """Of many pairs most do not matter; of few each is tried by itself."""
    long = [one.target for one in smaller(_case("/x?a&b&c&d&e"))]
    assert ["/x", "/x?a&b", "/x?c&d&e", "/x?b&c&d&e"] == long[:4]
    short = [one.target for one in smaller(_case("/x?a&b&c"))]
    assert ["/x", "/x?b&c", "/x?a&c", "/x?a&b"] == short
