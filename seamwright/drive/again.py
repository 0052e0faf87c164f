"""Looks for findings once more while the subject is up, and for the smallest that shows each.

sent again ─▶ shown? ─ yes ─▶ a step smaller, sent ─▶ shown? … ─▶ the smallest
                └──── no ──▶ it was not seen again: that is told, and the finding stays

What hangs is waited for as long as before, once, and is not made smaller: each step would hang too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.smaller import case_again, size, smaller
from seamwright.record.observation import Again, Purpose, as_meant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from seamwright.drive.cases.case import Case
    from seamwright.drive.http import Driver
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Exchange

_STEPS = 40
"""Requests that are sent to make one finding's smaller."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A finding that is looked for.

    Attributes:
        name: of the finding.
        exchange: that shows it by itself.
        shown_by: what is wrong with another exchange, where it shows the same; else "".
    """

    name: str
    exchange: Exchange
    shown_by: Callable[[Exchange], str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """An exchange that shows a finding, and what is wrong with it."""

    exchange: Exchange
    said: str


async def look_again(driver: Driver, journal: Journal, wanted: Sequence[Wanted]) -> None:
    """Send the requests of findings again; what comes of it goes into the journal."""
    for number, one in enumerate(wanted, 1):
        case = case_again(one.exchange, f"again-{number}")
        if case is None or not driver.reaches(case.label.service):
            continue
        shown = await _shown(driver, case, one)
        if shown is not None and not shown.exchange.hung:
            shown = await _smallest(driver, case, one, shown)
        found, said = (shown.exchange.id, shown.said) if shown else ("", "")
        journal.append(Again(f"again-{number}", one.name, shown is not None, found, said))


async def _smallest(driver: Driver, case: Case, one: Wanted, shown: _Shown) -> _Shown:
    left = _STEPS
    while True:
        for each in smaller(case):
            if left == 0:
                return shown
            if size(each) >= size(case):
                continue
            left -= 1
            # Why the first one was made tells nothing of what has become of it.
            first = one.exchange.case
            is_misuse = first is not None and first.purpose is Purpose.MISUSE
            reason = each.label.reason if is_misuse else ""
            label = replace(each.label, id=f"{each.label.id}-{_STEPS - left}", reason=reason)
            found = await _shown(driver, replace(each, label=label), one)
            if found is not None:
                case, shown = each, found
                break
        else:
            return shown


async def _shown(driver: Driver, case: Case, one: Wanted) -> _Shown | None:
    """The exchange, where it shows the finding as the first one did."""
    exchange = await driver.send(case, patient=one.exchange.hung)
    if one.exchange.case is None:
        return None
    meant = as_meant(exchange, one.exchange.case.purpose)
    said = one.shown_by(meant)
    return _Shown(exchange, said) if said else None
