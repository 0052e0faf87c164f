"""What a benchmark gives: a figure, and what it is a ratio of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """A median of paired runs.

    Attributes:
        value: what was measured.
        unit: of the value.
        against: what it is compared with, measured in the same run.
        ratio: value over that; the only figure that machines share.
    """

    value: float
    unit: str
    against: str
    ratio: float
