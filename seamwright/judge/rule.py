"""One promise: a pure function from contract and record to verdicts, with a stable code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from seamwright.judge.verdict import Outcome, Place, Verdict

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.record.load import Record

Judge = Callable[["System", "Record"], Iterable[Verdict]]


class Reach(StrEnum):
    """How far a rule looks, where a record is too long to be judged at once."""

    PART = "part"
    """What it finds wrong in a part of a record is wrong; a part may be cut anywhere."""
    WHOLE = "whole"
    """It judges the record alone, or what an excerpt has kept of it: see `judge.excerpt`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        code: three letters and three digits, never reused.
        title: what it demands, in a few words.
        why: what goes wrong where it does not hold.
        source: the seed's section, or the standard.
        judge: contract and record → verdicts; no I/O, no clock, no state.
        reach: how far it looks.
    """

    code: str
    title: str
    why: str
    source: str
    judge: Judge
    reach: Reach = Reach.PART


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a rule's verdicts are made: they all carry its code.

    Attributes:
        code: of the rule.
        spans: whether what it finds is likely made in one place for all endpoints of a service.
    """

    code: str
    spans: bool = False

    def passed(self, place: Place, evidence: Iterable[str]) -> Verdict:
        """It holds there, as the evidence shows."""
        return Verdict(self.code, Outcome.PASS, place, evidence=tuple(evidence))

    def failed(
        self,
        place: Place,
        said: str,
        evidence: Iterable[str],
        shape: str = "",
        narrow: str = "",
        yields: tuple[tuple[str, str], ...] = (),
    ) -> Verdict:
        """It does not hold there; `shape` is what is wrong, without values.

        `narrow` is the shape where it is wrong at one endpoint alone, and `yields` says which it
        has beside others.
        """
        told = tuple(evidence)
        shape = shape or said
        made = Verdict(self.code, Outcome.FAIL, place, said, told, shape, self.spans)
        return replace(made, narrow=narrow, yields=yields)

    def unproven(self, place: Place, reason: str, evidence: Iterable[str] = ()) -> Verdict:
        """Nothing was seen that could decide it there."""
        return Verdict(self.code, Outcome.UNPROVEN, place, reason, tuple(evidence))

    def noted(self, place: Place, said: str, evidence: Iterable[str]) -> Verdict:
        """Something was seen of which nobody can say from outside who is wrong."""
        told = tuple(evidence)
        return Verdict(self.code, Outcome.UNPROVEN, place, said, told, is_note=True)
