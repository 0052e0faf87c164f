"""The cases of a corpus: as its requests say, and of safe methods where it is asked."""

from __future__ import annotations

import pytest

from contracts import SYSTEM
from seamwright.drive.cases.generated import Amount, GeneratedRequest
from seamwright.drive.corpus.corpus import Corpus, CorpusHead
from seamwright.drive.corpus.found import Found, kept_request
from seamwright.drive.gate import GateBudget, corpus_cases, found_cases
from tests.drive.corpus.made import made_requests


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Of two endpoints."""
    head = CorpusHead(digest="", generator="", seed=0, random=0)
    places = [("web", "PATCH /api/prospects/{id}"), ("web", "DELETE /api/prospects/{id}")]
    amount = Amount(random=0)
    return Corpus(head, {one: made_requests(SYSTEM, *one, amount) for one in places})


def test_a_case_says_what_is_expected(corpus: Corpus) -> None:
    """Valid where the document says so, and named by its endpoint."""
    cases = corpus_cases(SYSTEM, corpus, GateBudget())["web", "PATCH /api/prospects/{id}"]
    assert cases[0].label.valid
    assert "PATCH /api/prospects/{id}" == cases[0].label.endpoint
    assert any(not one.label.valid for one in cases)
    assert len(cases) == len({one.label.id for one in cases})


def test_only_methods_that_change_nothing_are_sent_where_it_is_asked(corpus: Corpus) -> None:
    """Also of the cases that try another method on a path."""
    made = corpus_cases(SYSTEM, corpus, GateBudget(safe_only=True))
    methods = {one.method for some in made.values() for one in some}
    assert methods
    assert methods <= {"GET", "HEAD", "OPTIONS", "TRACE"}
    every = corpus_cases(SYSTEM, corpus, GateBudget()).values()
    assert "PATCH" in {one.method for some in every for one in some}


def test_another_method_that_is_another_endpoint_is_judged_as_that() -> None:
    """`PATCH` on the path of a `DELETE` is no unknown route."""
    place = ("web", "DELETE /api/prospects/{id}")
    requests = tuple(
        GeneratedRequest(True, "valid_object", "", method, "/api/prospects/x")
        for method in ("PATCH", "PUT", "DELETE")
    )
    head = CorpusHead(digest="", generator="", seed=0, random=0)
    cases = corpus_cases(SYSTEM, Corpus(head, {place: requests}), GateBudget())[place]
    told = [(one.label.endpoint, one.label.valid) for one in cases]
    assert [("PATCH /api/prospects/{id}", False), (None, False), (place[1], True)] == told


def test_what_a_search_kept_is_sent_where_its_endpoint_is_still_there() -> None:
    """Of safe methods where it is asked; it is never said to be well-formed."""
    places = ["GET /api/prospects", "DELETE /api/prospects/{id}", "GET /gone"]
    found = [
        Found("web", one, kept_request(one.partition(" ")[0], "/x", (), b""), "500 text")
        for one in places
    ] + [Found("nobody", "GET /x", kept_request("GET", "/x", (), b""), "500 text")]
    cases = found_cases(SYSTEM, found, GateBudget())
    assert [("web", one) for one in places[:2]] == list(cases)
    (case,) = cases["web", "GET /api/prospects"]
    assert ("found: 500 text", False) == (case.label.reason, case.label.valid)
    assert case.credential is not None
    safe = found_cases(SYSTEM, found, GateBudget(safe_only=True))
    assert [("web", "GET /api/prospects")] == list(safe)
    ids = {one.label.id for some in cases.values() for one in some}
    assert {"found-1", "found-2"} == ids
