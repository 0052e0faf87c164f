"""All misuse that an ordinary client can send, a few cases an endpoint, from the contract alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.aim import Aim
from seamwright.drive.cases.misuse.body import body_cases
from seamwright.drive.cases.misuse.header import header_cases
from seamwright.drive.cases.misuse.method import method_cases
from seamwright.drive.cases.misuse.route import route_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case

MOST = 120
"""Cases of one service at most."""


def misuse_cases(
    system: System, hung: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Case, ...]:
    """For every service what is wrong before anyone reads what a request says.

    The same for the same contract and the same endpoints that hang. None of the requests carries
    a well-formed request ID, save those that carry several.
    """
    aims = (Aim(system, service, hung) for service in system.services)
    return tuple(case for aim in aims for case in _of_service(aim))


def afterwards(system: System, hung: frozenset[tuple[str, str]] = frozenset()) -> tuple[Case, ...]:
    """For every service a well-formed request, to see that it still answers."""
    made: list[Case] = []
    for service in system.services:
        aim = Aim(system, service, hung)
        for endpoint in aim.reads[:1]:
            case = aim.well(endpoint, "asked well, after all misuse")
            label = replace(case.label, id=f"misuse-{service.name}-after", valid=True)
            made.append(replace(case, label=label))
    return tuple(made)


def _of_service(aim: Aim) -> Iterator[Case]:
    every = chain(route_cases(aim), method_cases(aim), header_cases(aim), body_cases(aim))
    for number, case in enumerate(list(every)[:MOST], 1):
        yield replace(case, label=replace(case.label, id=f"misuse-{aim.service.name}-{number}"))
