"""Every class of change: shown by a pair, and not by its harmless twin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from seamwright.contract.compare.classes import CLASSES, FACETS
from seamwright.contract.compare.comparison import compare
from seamwright.contract.compare.snapshot import Snapshot, snapshot_of_document
from tests.contract.compare import facet_cases, promise_cases, surface_cases
from tests.contract.compare.interfaces import answered, asked, described, sent

if TYPE_CHECKING:
    from seamwright.contract.compare.change import Change, ChangeClass

Triple = tuple[Snapshot, Snapshot, Snapshot]


def _triples() -> dict[str, Triple]:
    triples: dict[str, Triple] = dict(promise_cases.CASES.items())
    for code, case in surface_cases.CASES.items():
        old, new, twin = (snapshot_of_document(one) for one in case)
        triples[code] = (old, new, twin)
    for name, case in facet_cases.CASES.items():
        for prefix, made in (("REQ", sent), ("RES", answered)):
            old, new, twin = (snapshot_of_document(described(made(one))) for one in case)
            triples[f"{prefix}-{name}"] = (old, new, twin)
    return triples


TRIPLES = _triples()


def _changes(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    return compare(old, new).changes


def test_every_class_has_its_pair() -> None:
    """No class is without a pair, and no pair is left of a class that is gone."""
    assert sorted(one.code for one in CLASSES) == sorted(TRIPLES)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda one: one.code)
def test_a_class_is_told_from_its_twin(kind: ChangeClass) -> None:
    """The pair shows the class, and the twin neither shows it nor breaks anyone."""
    old, new, twin = TRIPLES[kind.code]
    shown = [one for one in _changes(old, new) if one.code == kind.code]
    assert [kind] == sorted({one.kind for one in shown}, key=lambda one: one.code)
    harmless = _changes(old, twin)
    assert [] == [one for one in harmless if one.kind.breaks or one.code == kind.code]


@pytest.mark.parametrize("code", TRIPLES)
def test_nothing_changes_from_a_contract_to_itself(code: str) -> None:
    """None of the contracts differs from itself."""
    assert [(), (), ()] == [_changes(one, one) for one in TRIPLES[code]]


@pytest.mark.parametrize("name", facet_cases.CASES)
def test_parameters_count_too(name: str) -> None:
    """What a body shows, a parameter shows as well."""
    old, new, _ = (described(asked(one)) for one in facet_cases.CASES[name])
    found = _changes(snapshot_of_document(old), snapshot_of_document(new))
    assert f"REQ-{name}" in {one.code for one in found}


def test_codes_are_unique_and_of_one_form() -> None:
    """Kebab in upper case, each once."""
    codes = [one.code for one in CLASSES]
    assert sorted(set(codes)) == sorted(codes)
    assert [] == [one for one in codes if not re.fullmatch(r"[A-Z]+(-[A-Z]+)+", one)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda one: one.code)
def test_what_breaks_has_a_cure(kind: ChangeClass) -> None:
    """Each class says what and why; one that breaks somebody says what to do instead."""
    assert kind.title
    assert kind.reason
    assert kind.breaks == bool(kind.cure)


def test_directions_are_opposite() -> None:
    """A value that narrows or widens breaks the other reader in the other direction."""
    exceptions = {"DEFAULT", "PROPERTY-ADDED", "PROPERTY-REMOVED", "ADDITIONAL", "MEDIA"}
    for facet in FACETS:
        request, response = facet.request, facet.response
        if not any(one in request.code for one in exceptions):
            here = request.consumers, request.providers
            assert here == (response.providers, response.consumers), request.code
