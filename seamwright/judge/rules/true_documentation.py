"""DOC002: what is published of the contract set is what the contract set says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.manifest import sha256
from seamwright.contract.derive.published import PublishedProblem, published
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("DOC002")


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A place passes when every file in it is what is generated, and none is left over there.

    A place is a folder or a file that the subject file names under [published].
    """
    seen = record.published
    if seen is None:
        yield _BENCH.unproven(Place(""), "the subject file has no table [published]")
        return
    try:
        expected = published(system, seen.places)
    except PublishedProblem as problem:
        said = f"the contract set cannot be published there: {problem.where} is {problem.seen}"
        yield _BENCH.unproven(Place(""), said)
        return
    found = {one.path: one.sha256 for one in seen.files}
    for place in (*seen.places.folders, *seen.places.files):
        paths = sorted(path for path in {*expected, *found} if seen.places.holding(path) == place)
        faults = [fault for path in paths if (fault := _fault(path, expected, found))]
        if faults:
            more = f", and {len(faults) - 1} more files are out of date" if faults[1:] else ""
            evidence = [CONTRACT, seen.id]
            yield _BENCH.failed(Place("", aspect=place), f"{faults[0]}{more}", evidence)
        else:
            yield _BENCH.passed(Place("", aspect=place), [CONTRACT, seen.id])


def _fault(path: str, expected: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Why a file is out of date, or ""."""
    if path not in found:
        return f"{path} is not there"
    if path not in expected:
        return f"{path} is left over: nothing generates it any more"
    if found[path] != sha256(expected[path].encode()):
        return f"{path} is not what the contract set says"
    return ""


RULE = Rule(
    code="DOC002",
    title="What is published is what the contract says",
    why="Who builds on a document that has fallen behind finds out in production.",
    source='Seed, "Verification Checklist": API documentation up to date',
    judge=judge,
    reach=Reach.WHOLE,
)
