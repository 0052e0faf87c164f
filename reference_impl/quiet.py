"""How long a box has asked to be left alone; all who call it keep to it, not only who was told."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Quiet:
    """The quiet time of one box."""

    def __init__(self, most_s: float, clock: Callable[[], float]) -> None:
        """Nobody may silence us for longer than `most_s`; `clock` never goes back."""
        self._most_s = most_s
        self._clock = clock
        self._until = float("-inf")

    @property
    def left_s(self) -> float:
        """How much of it is left; 0 when the box may be called."""
        return max(0.0, self._until - self._clock())

    def ask(self, seconds: float) -> None:
        """The box asks for so many seconds from now; what it asked for before stays."""
        self._until = max(self._until, self._clock() + min(seconds, self._most_s))


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """What a `Retry-After` says (RFC 9110, 10.2.3): seconds, or a date; None for anything else."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
