"""Many failing verdicts, one fault, named once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seamwright.judge.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.judge.verdict import Place, Verdict
    from seamwright.judge.waiver import Waiver

_NAME = 8
"""Characters of the name of a finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place, or at several endpoints of a service that have its cause in common.

    Attributes:
        code: of the rule.
        place: where; the service where it was seen at several endpoints.
        endpoints: all at which it was seen, `METHOD /path/template`.
        message: what is wrong, as its first verdict says it.
        evidence: ids of all observations that show it; the first is the one that is reproduced.
        count: how many verdicts say it.
        shape: what is wrong, without values.
        waiver: that was laid over all of them; None where it is not waived.
        others: how many more ways there are in which it is wrong at its one place.
    """

    code: str
    place: Place
    endpoints: tuple[str, ...]
    message: str
    evidence: tuple[str, ...]
    count: int
    shape: str = ""
    waiver: Waiver | None = None
    others: int = 0

    @property
    def name(self) -> str:
        """What it is called: the same for the same fault at the same service in another run."""
        said = f"{self.code}\n{self.place.service}\n{self.place.aspect}\n{self.shape}"
        # A fault that was seen at one more endpoint is the same fault, where its cause is common.
        said += "" if len(self.endpoints) > 1 else "\n" + self.place.endpoint
        return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:_NAME]


_Key = tuple[str, "Place", str, "Waiver | None"]


def findings(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """Failing verdicts folded by rule, place and what is wrong, in the order they came.

    What spans endpoints is folded by service, unless it was seen at one endpoint alone and has
    another shape there, or yields to something else that was seen there. What is waived is folded
    by its waiver, apart from what is not: where only one of two endpoints is waived, there are two
    findings.
    """
    failed = [one for one in verdicts if one.outcome in (Outcome.FAIL, Outcome.WAIVED)]
    seen = {(one.code, one.place, one.shape) for one in failed}
    wide: dict[_Key, list[Verdict]] = {}
    for one in failed:
        shape = next((two for first, two in one.yields if (one.code, one.place, first) in seen), "")
        spans = one.spans and (not shape or shape != one.narrow)
        place = replace(one.place, endpoint="") if spans else one.place
        wide.setdefault((one.code, place, shape or one.shape, one.waiver), []).append(one)
    folded: dict[_Key, list[Verdict]] = {}
    for (code, place, shape, waiver), same in wide.items():
        narrow = same[0].narrow if len({one.place for one in same}) == 1 else ""
        key = (code, same[0].place, narrow, waiver) if narrow else (code, place, shape, waiver)
        folded.setdefault(key, []).extend(same)
    return tuple(_folded(key, same) for key, same in folded.items())


def _folded(key: _Key, same: list[Verdict]) -> Finding:
    code, place, shape, waiver = key
    places = list(dict.fromkeys(one.place for one in same))
    ways = {one.shape if one.spans else "" for one in same}
    return Finding(
        code,
        places[0] if len(places) == 1 else place,
        tuple(dict.fromkeys(one.endpoint for one in places if one.endpoint)),
        # What is of this place alone says best what is wrong there.
        next((one for one in same if not one.spans), same[0]).said,
        tuple(dict.fromkeys(id_ for one in same for id_ in one.evidence)),
        sum(one.times for one in same),
        shape,
        waiver,
        len(ways) - 1,
    )
