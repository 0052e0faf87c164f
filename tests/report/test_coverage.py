"""What a run has reached, in the audit, on the page and on the terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seamwright.judge.verdict import Outcome, Place, Verdict
from seamwright.report.coverage import RuleSaid
from seamwright.report.covered import covered
from seamwright.report.html import page
from seamwright.report.terminal import summary
from tests.judge.records import READ, SYSTEM, answered, failure, make_record, success

if TYPE_CHECKING:
    from seamwright.report.audit import Audit
    from seamwright.report.coverage import Coverage

RECORD = make_record(
    answered("a", success({"id": "1", "total": 2})),
    answered("b", failure("NO_SUCH_ORDER"), status=404),
    answered("c", failure("OUT_OF_STOCK"), status=409),
    answered("d", failure("OUT_OF_STOCK"), status=409),
)


def _shop(*verdicts: Verdict) -> Coverage:
    return covered(SYSTEM, RECORD, verdicts)[0]


def test_codes_are_counted_of_each_service() -> None:
    """Those that were provoked, those that were not with the reason, and those of nobody."""
    shop, bank = covered(SYSTEM, RECORD, ())
    assert (5, 1) == (shop.codes, shop.codesProvoked)
    missing = {(one.endpoint, one.code) for one in shop.codesMissing}
    assert {("POST /orders", "BANK_DOWN"), ("", "NO_SUCH_ROUTE")} <= missing
    assert all(one.why for one in shop.codesMissing)
    told = [(one.endpoint, one.code, one.count) for one in shop.codesUndeclared]
    assert [(READ, "OUT_OF_STOCK", 2)] == told
    assert (2, 0, ()) == (bank.codes, bank.codesProvoked, bank.codesUndeclared)


def test_where_no_code_is_declared_none_is_undeclared() -> None:
    """A document that names no code says nothing of those that are answered."""
    endpoints = [replace(one, errors=(), calls=frozenset()) for one in SYSTEM.services[0].endpoints]
    shop = replace(SYSTEM.services[0], endpoints=tuple(endpoints))
    bare = replace(SYSTEM, services=(shop,), errors=(), everywhere=(), version=None, edges=())
    (found,) = covered(bare, RECORD, ())
    assert (0, ()) == (found.codes, found.codesUndeclared)


def test_what_rules_say_of_an_endpoint_is_merged() -> None:
    """A fail among passes is a fail; what is said of the service alone has a row of its own."""
    place = Place("shop", READ)
    shop = _shop(
        Verdict("ENV001", Outcome.PASS, place),
        Verdict("ENV001", Outcome.FAIL, Place("shop", READ, "an aspect")),
        Verdict("ERR002", Outcome.UNPROVEN, place),
        Verdict("ERR002", Outcome.PASS, place),
        Verdict("RID002", Outcome.PASS, Place("shop", "", "an edge")),
        Verdict("RID002", Outcome.PASS, Place("bank")),
    )
    first, *_, last = shop.endpoints
    said = (RuleSaid(code="ENV001", status="fail"), RuleSaid(code="ERR002", status="unproven"))
    assert (READ, said) == (first.endpoint, first.rules)
    assert ("", {"RID002": "pass"}, 0) == (last.endpoint, last.said, last.branches)
    assert ("ENV001", "ERR002", "RID002") == shop.rules
    assert 4 == len(shop.endpoints)


def test_branches_are_counted_of_each_endpoint() -> None:
    """With the names of those that nobody was shown."""
    shop = _shop()
    first = shop.endpoints[0]
    assert (5, 4, ("200 /note",)) == (first.branches, first.branchesReached, first.missing)
    assert sum(one.branches for one in shop.endpoints) == shop.branches
    assert 4 == shop.branches_reached


def test_the_page_shows_it(audit: Audit) -> None:
    """Counts, a cell for each rule and endpoint, and what is missing."""
    text = page(audit)
    assert "<b>2 of 3</b> declared error codes provoked" in text
    assert "<b>3 of 4</b> branches of answers reached" in text
    assert re.search(r"BANK_DOWN.*at.*GET /orders.*nobody", text)
    assert re.search(r"OOPS.*a route that there is not.*2 times", text)
    row = text[text.index('<th scope="row">') :].partition("</tr>")[0]
    assert ["s-pass", "s-unproven", "s-fail"] == re.findall(r'td class="(s-\w+)"', row)
    assert "the service itself" in text
    assert "200 /state: &#34;OPEN&#34;" in text


def test_a_page_without_coverage_does_not_speak_of_it(audit: Audit) -> None:
    """As of an audit that was written before there was any."""
    bare = audit.model_copy(update={"coverage": ()})
    assert 'id="coverage"' not in page(bare)
    assert "brought about" not in summary(bare, Path("out"))


def test_a_service_without_codes_says_so(audit: Audit) -> None:
    """There is nothing to be provoked, and no zero of zero."""
    empty = audit.coverage[0].model_copy(update={"codes": 0, "codesMissing": (), "endpoints": ()})
    text = page(audit.model_copy(update={"coverage": (empty,)}))
    assert "No error code is declared." in text
    assert " of 0" not in text


def test_the_terminal_says_it_in_one_line(audit: Audit) -> None:
    """Codes, those of nobody, and branches."""
    said = summary(audit, Path("out")).splitlines()
    assert (
        "brought about: 2 of 3 declared error codes, 1 undeclared ones, 3 of 4 branches of answers"
        in said
    )
