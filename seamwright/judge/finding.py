"""Many failing verdicts, one fault, named once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.judge.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.judge.verdict import Place, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place.

    Attributes:
        code: of the rule.
        place: where.
        message: what is wrong, as its first verdict says it.
        evidence: ids of all observations that show it; the first is the one that is reproduced.
        count: how many verdicts say it.
    """

    code: str
    place: Place
    message: str
    evidence: tuple[str, ...]
    count: int


def findings(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """Failing verdicts folded by rule, place and what is wrong, in the order they came."""
    folded: dict[tuple[str, Place, str], list[Verdict]] = {}
    for one in verdicts:
        if one.outcome is Outcome.FAIL:
            folded.setdefault((one.code, one.place, one.shape), []).append(one)
    return tuple(
        Finding(
            code,
            place,
            same[0].said,
            tuple(dict.fromkeys(id_ for one in same for id_ in one.evidence)),
            len(same),
        )
        for (code, place, _), same in folded.items()
    )
