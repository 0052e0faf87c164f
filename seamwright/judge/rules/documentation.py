"""DOC001: every endpoint, error code and edge is documented in the API reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.reference_page import read_page
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place
from seamwright.judge.wording import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.reference_page import ReferencePage
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("DOC001")
_IN = "in the API reference"


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """What is in the contract set passes when the reference has it, and says something of it.

    An endpoint has a section of its own within that of its service; an error code and an edge have
    a row of a table. Whether an edge has a reason is MOD001's question, whether all that stands
    there is true DOC002's.
    """
    seen = record.published
    place = Place("")
    if seen is None:
        yield _BENCH.unproven(place, "the subject file has no table [published]")
        return
    path = seen.places.api_reference
    if path is None:
        yield _BENCH.unproven(place, "the subject file names no api_reference under [published]")
        return
    evidence = (CONTRACT, seen.id)
    if not seen.reference.strip():
        said = f"the API reference {path} is not there, or is empty"
        yield _BENCH.failed(Place("", aspect=path), said, evidence)
        return
    for about, fault in _places(system, read_page(seen.reference)):
        if fault:
            yield _BENCH.failed(about, fault, evidence)
        else:
            yield _BENCH.passed(about, evidence)


def _places(system: System, page: ReferencePage) -> Iterator[tuple[Place, str]]:
    """Everything that is to be documented, each with what is wrong, or ""."""
    for service in system.services:
        for endpoint in service.endpoints:
            there = page.has_section(service, endpoint.id)
            fault = _silent(endpoint.summary) if there else f"the endpoint has no section {_IN}"
            yield Place(service.name, endpoint.id), fault
    for error in system.errors:
        there = page.has_row(error.code)
        fault = _silent(error.meaning) if there else f"the error code has no row {_IN}"
        yield Place("", aspect=error.code), fault
    for edge in system.edges:
        there = page.has_row(edge.caller, edge.callee)
        yield Place("", aspect=edge.name), "" if there else f"the edge has no row {_IN}"


def _silent(words: str) -> str:
    """What is wrong with words that say nothing, or ""."""
    if says_something(words):
        return ""
    return f"the API reference says nothing of it: its text is {words!r}"


RULE = Rule(
    code="DOC001",
    title="Every endpoint, error code and edge is documented",
    why="What is not written down is learnt by trying it, and by breaking it.",
    source='Seed, "Service Boundaries": API contracts are documented',
    judge=judge,
    reach=Reach.WHOLE,
)
