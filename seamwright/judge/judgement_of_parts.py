"""A record of any length, judged: as it is where it is short, by an excerpt where it is long.

part ─▶ rules that look at a part ─▶ what is wrong, counted ──────────────┐
  └───────────────▶ excerpt ─▶ all rules, as on any record ─▶ verdicts ─▶ with its counts
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seamwright.judge.excerpt.excerpt import Excerpt
from seamwright.judge.excerpt.given_id import SharedIds
from seamwright.judge.excerpt.limits import Limits
from seamwright.judge.judgement import Judgement, judge
from seamwright.judge.rule import Reach
from seamwright.judge.verdict import Outcome, Place, Verdict
from seamwright.record.load import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from seamwright.contract.system import System
    from seamwright.judge.rule import Rule
    from seamwright.record.load import Record


@dataclass(frozen=True, slots=True)
class JudgedParts:
    """What the rules say, and the record by which they say it: all of it, or an excerpt."""

    record: Record
    judgement: Judgement


def judge_parts(
    rules: Sequence[Rule],
    system: System,
    read: Callable[[], Iterable[Record]],
    limits: Limits | None = None,
) -> JudgedParts:
    """Judge a record that is read in parts.

    Args:
        rules: by which.
        system: the contract set.
        read: reads the parts, from the first on; a second time where request IDs must be compared.
        limits: how much is kept; None: as much as is usual.
    """
    bounds = limits or Limits()
    parts = iter(read())
    begun: deque[Record] = deque()
    count = 0
    for part in parts:
        begun.append(part)
        count += part.weight
        if count > bounds.whole:
            break
    else:
        record = joined(begun)
        return JudgedParts(record, judge(rules, system, record))
    excerpt = Excerpt(system, bounds)
    narrow = [one for one in rules if one.reach is Reach.PART]
    raised: dict[str, str] = {}
    for part in _rest(begun, parts):
        judged = judge(narrow, system, part)
        raised = dict(judged.raised) | raised
        excerpt.take(part, [one for one in judged.verdicts if one.outcome is Outcome.FAIL])
    excerpt.end()
    numbers = excerpt.shared()
    shared = SharedIds(system, numbers, bounds)
    if numbers:
        for part in read():
            shared.take(part)
    record = excerpt.record(shared.kept())
    return JudgedParts(record, _counted(judge(rules, system, record), excerpt, raised))


def _rest(begun: deque[Record], parts: Iterator[Record]) -> Iterator[Record]:
    """All parts; none is held once it was given."""
    while begun:
        yield begun.popleft()
    yield from parts


def _counted(judged: Judgement, excerpt: Excerpt, raised: dict[str, str]) -> Judgement:
    verdicts = [
        counted
        for rule in judged.rules
        for counted in excerpt.faults.counted(rule.code, judged.of([rule.code]))
    ]
    # What a rule says of an excerpt is no pass where it has failed on a part.
    verdicts += [
        Verdict(code, Outcome.UNPROVEN, Place(""), f"the rule itself failed: {said}")
        for code, said in raised.items()
        if code not in dict(judged.raised)
    ]
    return replace(
        judged, verdicts=tuple(verdicts), raised=tuple((raised | dict(judged.raised)).items())
    )
