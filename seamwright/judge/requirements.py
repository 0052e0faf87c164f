"""Verdicts rolled up to the rows of the checklist, the recovery table and the failure modes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.judge.verdict import Outcome, merge

if TYPE_CHECKING:
    from seamwright.contract.recovery import Recovery
    from seamwright.contract.requirement import Requirement
    from seamwright.judge.judgement import Judgement
    from seamwright.judge.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and what came of it.

    Attributes:
        id: of the row.
        outcome: it passes when each of its rules gave a verdict, all of them passed, and it lacks
            nothing.
        verdicts: of its rules.
        reasons: why it is not a pass; empty when it is.
        is_open: whether something of it is unproven, whatever its outcome.
    """

    id: str
    outcome: Outcome
    verdicts: tuple[Verdict, ...]
    reasons: tuple[str, ...]
    is_open: bool = False


def row_of(row: Requirement | Recovery, judgement: Judgement) -> Row:
    """Roll up one row."""
    verdicts = judgement.of(row.rules)
    said = {one.code for one in verdicts}
    outcomes = [one.outcome for one in verdicts]
    reasons = [_reason(one) for one in verdicts if one.outcome is not Outcome.PASS]
    for code in row.rules:
        if code not in said:
            outcomes.append(Outcome.UNPROVEN)
            reasons.append(f"{code} found nothing to judge")
    if row.lacks:
        outcomes.append(Outcome.UNPROVEN)
        reasons.append(row.lacks)
    if not outcomes:
        reasons.append("no rule decides this row yet")
    is_open = not outcomes or Outcome.UNPROVEN in outcomes
    return Row(row.id, merge(outcomes), verdicts, tuple(dict.fromkeys(reasons)), is_open)


def _reason(verdict: Verdict) -> str:
    place = verdict.place
    where = " ".join(part for part in (place.service, place.endpoint, place.aspect) if part)
    told = f"{verdict.code} {where}: {verdict.said}" if where else f"{verdict.code}: {verdict.said}"
    return f"{told} ({verdict.waiver.words})" if verdict.waiver else told
