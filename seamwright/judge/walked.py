"""The walks of a record: exchanges that belong together, in the order in which they began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_FIRST_ERROR = 400


@dataclass(frozen=True, slots=True)
class WalkedSteps:
    """One walk.

    Attributes:
        reason: what it was for; all of its exchanges carry it.
        service: who was asked.
        exchanges: with a case, in order.
    """

    reason: str
    service: str
    exchanges: tuple[Exchange, ...]


def walked(record: Record) -> tuple[WalkedSteps, ...]:
    """Every walk, in the order in which they began."""
    found: dict[tuple[str, str], list[Exchange]] = {}
    for one in record.driven():
        if one.case and one.case.purpose is Purpose.WALK:
            found.setdefault((one.case.service, one.case.reason), []).append(one)
    return tuple(
        WalkedSteps(reason, service, tuple(sorted(same, key=lambda one: one.began_s)))
        for (service, reason), same in found.items()
    )


def succeeded(one: Exchange) -> bool:
    """Whether it was answered, and not with an error."""
    return one.response is not None and one.response.status < _FIRST_ERROR


def method_of(one: Exchange) -> str:
    """Its method; "" where no whole request was seen."""
    return one.request.method if one.request else ""


def endpoint_of(one: Exchange) -> str:
    """`METHOD /path/template`, or ""."""
    return (one.case.endpoint if one.case else None) or ""
