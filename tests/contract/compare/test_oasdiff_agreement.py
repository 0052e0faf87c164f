"""What oasdiff calls breaking is what we call breaking, or it is said why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from seamwright.contract.compare.comparison import Comparison, Reader, compare
from seamwright.contract.compare.snapshot import snapshot_of_document
from seamwright.contract.description.read import read
from tests.contract.compare.oasdiff import breaking, oasdiff

PAIRS = sorted(Path(__file__).with_name("pairs").iterdir())
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "diff-classes.md"

SAME: dict[str, tuple[str, ...]] = {
    "api-removed-without-deprecation": ("OP-REMOVED",),
    "api-security-anonymous-access-removed": ("SEC-ADDED",),
    "api-security-removed": ("SEC-ALTERNATIVE-REMOVED",),
    "new-required-request-parameter": ("PAR-ADDED-REQUIRED",),
    "new-required-request-property": ("REQ-PROPERTY-ADDED-REQUIRED",),
    "request-body-became-required": ("REQ-BODY-BECAME-REQUIRED",),
    "request-body-one-of-removed": ("REQ-UNION-MEMBER-REMOVED",),
    "request-optional-property-became-read-only": ("REQ-PROPERTY-REMOVED-OPTIONAL",),
    "request-parameter-became-not-nullable": ("REQ-BECAME-NOT-NULLABLE",),
    "request-parameter-list-of-types-narrowed": ("REQ-BECAME-NOT-NULLABLE", "REQ-TYPE-NARROWED"),
    "request-parameter-pattern-added": ("REQ-PATTERN-SET",),
    "request-parameter-removed": ("PAR-REMOVED",),
    "request-property-became-required": ("REQ-PROPERTY-BECAME-REQUIRED",),
    "request-property-enum-value-removed": ("REQ-ENUM-VALUE-REMOVED",),
    "request-property-max-length-decreased": ("REQ-LENGTH-TIGHTENED",),
    "request-property-min-length-increased": ("REQ-LENGTH-TIGHTENED",),
    "request-property-unique-items-set": ("REQ-UNIQUE-SET",),
    "response-body-one-of-added": ("RES-UNION-MEMBER-ADDED",),
    "response-header-became-optional": ("HDR-BECAME-OPTIONAL",),
    "response-media-type-removed": ("RES-MEDIA-REMOVED",),
    "response-property-became-nullable": ("RES-BECAME-NULLABLE",),
    "response-property-became-optional": ("RES-PROPERTY-BECAME-OPTIONAL",),
    "response-property-enum-value-added": ("RES-ENUM-VALUE-ADDED",),
    "response-property-max-items-increased": ("RES-ITEMS-RELAXED",),
    "response-property-type-changed": ("RES-TYPE-CHANGED", "RES-FORMAT-CHANGED"),
    "response-property-type-generalized": ("RES-TYPE-WIDENED",),
    "response-required-property-removed": ("RES-PROPERTY-REMOVED-REQUIRED",),
    "response-success-status-removed": ("RES-SUCCESS-REMOVED",),
}
"""oasdiff's name → the class, or the classes, that it stands for here."""

OTHERWISE: dict[str, str] = {
    "06-null-said-by-one-of": (
        "null in a `oneOf` and null in a list of types are the same promise; oasdiff calls the "
        "change of words a wider response"
    ),
    "34-success-came": (
        "a further success status is what a consumer was told would not come, so it breaks; "
        "oasdiff takes it for something that consumers ask for"
    ),
    "42-deprecated-endpoint-left": (
        "whoever still calls an endpoint is refused, deprecated or not, so it breaks until the "
        "version moves; oasdiff takes the deprecation for the announcement"
    ),
    "49-default-changed": (
        "the same request means something else after a default changed, so it breaks; oasdiff only "
        "notes it"
    ),
    "50-object-closed-in-request": (
        "an object that was open took properties that it now refuses, so it breaks; oasdiff does "
        "not look at `additionalProperties`"
    ),
    "51-const-is-an-enum-of-one": (
        "`const: a` and `enum: [a]` are the same promise; oasdiff sees a constant that came and a "
        "value that went"
    ),
}
"""Pairs on which oasdiff says otherwise, and why."""


def _compared(pair: Path) -> Comparison:
    old, new = (read((pair / f"{one}.yaml").read_bytes(), one) for one in ("old", "new"))
    return compare(snapshot_of_document(old), snapshot_of_document(new))


def _ours(pair: Path) -> set[tuple[str, str]]:
    """Operation and code of all that breaks consumers."""
    broken = _compared(pair).broken(Reader.CONSUMERS)
    return {(" ".join(one.where.split(" ")[:2]), one.code) for one in broken}


@pytest.fixture(scope="module", name="program")
def _program() -> Path:
    return oasdiff()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda one: one.name)
def test_agrees_with_oasdiff(program: Path, pair: Path) -> None:
    """Both find something breaking or neither does, and it is the same, at the same operation."""
    theirs, ours = breaking(program, pair), _ours(pair)
    if pair.name in OTHERWISE:
        assert bool(theirs) != bool(ours), "they agree by now: take the difference out"
        return
    assert bool(theirs) == bool(ours)
    said = {(one.operation, code) for one in theirs for code in SAME[one.id]}
    assert set() == ours - said
    met = {one for one in theirs if {(one.operation, code) for code in SAME[one.id]} & ours}
    assert set() == theirs - met


def test_there_are_pairs_enough() -> None:
    """Twenty pairs at least, breaking and harmless ones; each difference is that of a pair."""
    broken = [one.name for one in PAIRS if _ours(one)]
    assert len(PAIRS) >= 20
    assert 10 <= len(broken) <= len(PAIRS) - 10
    assert set() == OTHERWISE.keys() - {one.name for one in PAIRS}


def test_every_difference_is_explained_in_the_page() -> None:
    """The same reasons stand in the reference."""
    text = PAGE.read_text(encoding="utf-8")
    assert [] == [name for name, why in OTHERWISE.items() if f"| {name} | {why} |" not in text]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda one: one.name)
def test_no_document_differs_from_itself(pair: Path) -> None:
    """Comparing either document of a pair with itself gives nothing."""
    for name in ("old.yaml", "new.yaml"):
        taken = snapshot_of_document(read((pair / name).read_bytes(), name))
        assert () == compare(taken, taken).changes
