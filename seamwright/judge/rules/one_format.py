"""FMT001: a service answers its failures in one format, whatever brought them about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.census import UNREADABLE, census
from seamwright.judge.driven import why_not_driven
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.contract.system import System
    from seamwright.judge.census import Census, Counted
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("FMT001")
_SHOWN = 5
_FEWEST = 2


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A service passes when two causes at least were seen, and all failures had one format.

    Each further format is one fault, with all operations that answer in it. Where an envelope is
    declared, ENV001 names the places that do not have it: one fault, one finding.
    """
    found = {one.service: one for one in census(system, record)}
    for service in system.services:
        place = Place(service.name)
        seen = found.get(service.name)
        if seen is None or not seen.failures:
            reason = "no failure of it was seen" if seen else why_not_driven(record, service.name)
            yield _BENCH.unproven(place, reason)
        elif len(seen.failures) > 1 and system.envelope is not None:
            reason = f"{len(seen.failures)} formats of failures were seen; ENV001 names where"
            yield _BENCH.unproven(place, reason, seen.failures[0].evidence)
        elif len(seen.failures) > 1:
            yield from _further(seen)
        elif len({cause for one in seen.failures for cause in one.causes}) < _FEWEST:
            yield _BENCH.unproven(place, "failures of a single cause were seen", _ids(seen))
        else:
            yield _BENCH.passed(place, _ids(seen))
    if system.envelope is None:
        yield from _across([one for one in found.values() if one.failures])


def _ids(seen: Census) -> tuple[str, ...]:
    """The evidence of the one format."""
    return tuple(id_ for one in seen.failures for id_ in one.evidence)


def _further(seen: Census) -> Iterator[Verdict]:
    """Each format beside the one that prevails; CTT001 names what is no JSON and says it is."""
    first, *others = seen.failures
    total = sum(one.count for one in seen.failures)
    told = [one for one in others if not one.format.is_untrue]
    if not told:
        reason = "the other formats are called JSON and are none; CTT001 names where"
        yield _BENCH.unproven(Place(seen.service), reason, first.evidence)
    for one in told:
        said = (
            f"{one.count} of {total} failures are {one.format.words}, and not "
            f"{first.format.words}, which prevails: {_listed(one)}"
        )
        # What the server's parser answers has one cause, in however many formats.
        shape = UNREADABLE if one.causes == (UNREADABLE,) else one.format.words
        yield _BENCH.failed(Place(seen.service, aspect=shape), said, one.evidence, shape)


def _listed(one: Counted) -> str:
    shown = ", ".join(one.operations[:_SHOWN])
    more = f" and {len(one.operations) - _SHOWN} more" if len(one.operations) > _SHOWN else ""
    return f"{shown}{more} ({', '.join(one.causes)})"


def _across(failing: Sequence[Census]) -> Iterator[Verdict]:
    """Services of one system that answer in different formats, each held against the first."""
    for one in failing[1:]:
        first = failing[0]
        (ours, *_), (theirs, *_) = first.failures, one.failures
        place = Place(one.service, aspect=f"against {first.service}")
        if ours.format.is_like(theirs.format):
            yield _BENCH.passed(place, (ours.evidence[0], theirs.evidence[0]))
        else:
            said = (
                f"{one.service} fails in {theirs.format.words}, {first.service} in "
                f"{ours.format.words}"
            )
            evidence = (ours.evidence[0], theirs.evidence[0])
            yield _BENCH.failed(place, said, evidence, "another format than the other service")


RULE = Rule(
    code="FMT001",
    title="Failures have one format, whatever brought them about",
    why="Each format is one more that every client must know, and most know only the first.",
    source='Seed, "API Contracts": error responses are consistent (same format across all APIs)',
    judge=judge,
    reach=Reach.WHOLE,
)
