"""A team's words are held against its contract set before anything is started."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance import CONFORMANCE
from contracts import SYSTEM
from seamwright.drive.cases.conformance import (
    Conformance,
    ConformanceProblem,
    check_conformance,
)
from seamwright.drive.cases.provocation import Provocation, Unprovoked
from seamwright.drive.cases.step import Step
from seamwright.drive.faults.cut import Cut

ASKED = Step("web", "GET /api/prospects")
CODE = "SUPABASE_UNAVAILABLE"
GOOD = Provocation(CODE, ASKED, edge="web→supabase", fault=Cut())


def test_the_words_of_this_system_fit() -> None:
    """What is in `conformance/` is what the contract set has."""
    check_conformance(SYSTEM, CONFORMANCE)
    check_conformance(SYSTEM, Conformance(unprovoked=(Unprovoked("web", "", "NOT_FOUND", "so"),)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(GOOD, code="EMAIL_NOT_FOUND"), "'EMAIL_NOT_FOUND'"),
        (replace(GOOD, request=Step("nobody", "GET /")), "'nobody'"),
        (replace(GOOD, request=Step("web", "GET /other")), "'GET /other'"),
        (replace(GOOD, edge="web→moon"), "'web→moon'"),
        (replace(GOOD, fault=None), "fault=None"),
        (replace(GOOD, edge=""), "edge=''"),
        (replace(GOOD, leads_to="ddg"), "leads_to='ddg'"),
    ],
)
def test_a_provocation_that_fits_nothing_is_refused(wrong: Provocation, said: str) -> None:
    """The problem says what was seen, and where."""
    with pytest.raises(ConformanceProblem) as found:
        check_conformance(SYSTEM, Conformance(provocations=(wrong,)))
    assert said in found.value.seen
    assert f"provocation of {wrong.code}" in found.value.where


@pytest.mark.parametrize(
    "wrong",
    [
        Unprovoked("web", "GET /api/prospects", "NO_SUCH_CODE", "so"),
        Unprovoked("nobody", "", "NOT_FOUND", "so"),
        Unprovoked("web", "GET /other", "NOT_FOUND", "so"),
        Unprovoked("web", "", "NOT_FOUND", ""),
    ],
)
def test_an_excuse_that_fits_nothing_is_refused(wrong: Unprovoked) -> None:
    """A code that nobody declares needs none, and one without a reason is none."""
    with pytest.raises(ConformanceProblem, match="unprovoked"):
        check_conformance(SYSTEM, Conformance(unprovoked=(wrong,)))
