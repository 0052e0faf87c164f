"""Waivers laid over what the rules said: a fail becomes waived, and every waiver has a standing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from seamwright.judge.finding import findings
from seamwright.judge.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from seamwright.contract.system import System
    from seamwright.judge.judgement import Judgement
    from seamwright.judge.verdict import Verdict
    from seamwright.judge.waiver import Waiver


class Standing(StrEnum):
    """What a waiver is worth."""

    IN_FORCE = "in force"
    EXPIRED = "expired"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class LaidWaiver:
    """A waiver, and what came of it.

    Attributes:
        waiver: as it was written.
        standing: in force where it waives something; stale where there is nothing to waive.
        findings: how many findings it covers, waived or, once it has expired, counted again.
        note: what its owner should know, or "".
    """

    waiver: Waiver
    standing: Standing
    findings: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """What the rules said, with the waivers laid over it."""

    judgement: Judgement
    waivers: tuple[LaidWaiver, ...]


def lay(system: System, judgement: Judgement, waivers: Sequence[Waiver], today: date) -> Waived:
    """Lay waivers over the fails of a judgement.

    A waiver that has expired waives nothing. Where several cover a fail, the first one counts.

    Args:
        system: the contract set that was judged by.
        judgement: what the rules said.
        waivers: in the order of their file.
        today: the day by which they expire.
    """
    lasting = [one for one in waivers if not one.has_expired(today)]
    verdicts = tuple(_under(one, lasting) for one in judgement.verdicts)
    ran = {one.code for one in judgement.rules}
    laid = tuple(_laid(system, judgement, ran, one, today) for one in waivers)
    return Waived(replace(judgement, verdicts=verdicts), laid)


def _under(verdict: Verdict, waivers: Sequence[Waiver]) -> Verdict:
    if verdict.outcome is not Outcome.FAIL:
        return verdict
    found = next((one for one in waivers if _covers(one, verdict)), None)
    return replace(verdict, outcome=Outcome.WAIVED, waiver=found) if found else verdict


def _covers(waiver: Waiver, verdict: Verdict) -> bool:
    return waiver.covers(verdict.code, verdict.place.service, verdict.place.endpoint)


def _laid(
    system: System, judgement: Judgement, ran: set[str], waiver: Waiver, today: date
) -> LaidWaiver:
    covered = [one for one in judgement.verdicts if _covers(waiver, one)]
    count = len(findings(covered))
    if waiver.has_expired(today):
        found = "what it waived is still found" if count else "nothing is found there any more"
        said = f"its last day was {waiver.expires.isoformat()}; {found}"
        return LaidWaiver(waiver, Standing.EXPIRED, count, said)
    if count:
        return LaidWaiver(waiver, Standing.IN_FORCE, count)
    return LaidWaiver(waiver, Standing.STALE, 0, _why_stale(system, waiver, ran, covered))


def _why_stale(system: System, waiver: Waiver, ran: set[str], covered: Sequence[Verdict]) -> str:
    if waiver.rule not in ran:
        return f"{waiver.rule} did not judge this time"
    service = system.service(waiver.service) if waiver.service else None
    if waiver.service and service is None:
        return f"the contract has no service {waiver.service!r}"
    if service and waiver.of_service and service.endpoint(waiver.of_service) is None:
        return f"{waiver.service} has no endpoint {waiver.of_service!r}"
    if any(one.outcome is Outcome.UNPROVEN for one in covered):
        return "it waives nothing: what it is for is unproven this time"
    return "it waives nothing: there is no such finding, and it may be taken out"
