"""Pass, fail or unproven: what a rule says about one place.

A pass has evidence, a fail has a message and evidence, and unproven has a reason. Merging nothing
gives unproven: what nobody looked at is never shown as holding. Waived is what no rule says: it is
a fail over which somebody has laid a waiver.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.judge.waiver import Waiver

CONTRACT = "contract"
"""The evidence of a rule that reads the contract set itself: no observation shows more."""


class Outcome(StrEnum):
    """What a rule may say, and what becomes of a fail that is waived."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    WAIVED = "waived"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Place:
    """What a verdict is about: a service, and one of its endpoints or something else of it.

    `endpoint` is `METHOD /path/template`, or "" where no endpoint of the contract is meant;
    `aspect` names what else it is about, an edge for instance, or "".
    """

    service: str
    endpoint: str = ""
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says about one place.

    Attributes:
        code: of the rule.
        outcome: pass, fail or unproven; waived, once a waiver was laid over a fail.
        place: what it is about.
        said: the message of a fail, the reason of unproven, "" of a pass.
        evidence: ids of observations in the record, or `CONTRACT`.
        shape: of a fail: what is wrong, without values, so that equal faults fold into one.
        spans: of a fail: whether one cause is likely where the same is wrong at other endpoints of
            the service, as what a middleware does to all of them.
        narrow: of what spans: the shape that it has where it is wrong at one endpoint alone; "" for
            the same one. So it is one with what else is wrong there.
        yields: pairs of shapes: where the first was seen at the same place, this has the second.
        waiver: that was laid over it; None of all that are not waived.
        is_note: of unproven: whether something was seen that people should know all the same.
        times: how many verdicts it stands for: of a long record not all that are alike are kept.
    """

    code: str
    outcome: Outcome
    place: Place
    said: str = ""
    evidence: tuple[str, ...] = ()
    shape: str = ""
    spans: bool = False
    waiver: Waiver | None = None
    times: int = 1
    is_note: bool = False
    narrow: str = ""
    yields: tuple[tuple[str, str], ...] = ()


_GRAVEST_FIRST = (Outcome.FAIL, Outcome.WAIVED, Outcome.UNPROVEN, Outcome.PASS)


def merge(outcomes: Iterable[Outcome]) -> Outcome:
    """Fail beats waived beats unproven beats pass; nothing gives unproven."""
    seen = set(outcomes)
    return next((one for one in _GRAVEST_FIRST if one in seen), Outcome.UNPROVEN)
