"""All raw misuse, from the contract alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.aim import Aim
from seamwright.drive.cases.misuse.broken import broken_cases
from seamwright.drive.cases.misuse.lawful import lawful_cases

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.drive.cases.misuse.raw_case import RawCase


def raw_cases(
    system: System, hung: frozenset[tuple[str, str]] = frozenset()
) -> tuple[RawCase, ...]:
    """For every service forty connections at most.

    The same for the same contract and the same endpoints that hang.
    """
    return tuple(
        _numbered(case, f"raw-{service.name}-{number}")
        for service in system.services
        for number, case in enumerate(_of(Aim(system, service, hung)), 1)
    )


def _of(aim: Aim) -> tuple[RawCase, ...]:
    return (*lawful_cases(aim), *broken_cases(aim))


def _numbered(case: RawCase, id_: str) -> RawCase:
    requests = tuple(
        replace(one, label=replace(one.label, id=f"{id_}-{at}" if at else id_))
        for at, one in enumerate(case.requests)
    )
    return replace(case, requests=requests)
