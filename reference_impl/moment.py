"""Points in time, as text that sorts like time: UTC, milliseconds, `Z`."""

from __future__ import annotations

from datetime import UTC, datetime

_FIRST = "0001-01-01T00:00:00.000Z"
_LAST = "9999-12-31T23:59:59.999Z"


def text(moment: datetime) -> str:
    """`2026-01-31T12:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clock() -> datetime:
    """This moment, of which a test may have another."""
    return datetime.now(UTC)


def now() -> str:
    """This moment."""
    return text(clock())


def normal(stamp: str) -> str:
    """A contract's timestamp in this form, the earliest or latest year where UTC has none."""
    moment = datetime.fromisoformat(stamp)
    try:
        return text(moment)
    except OverflowError:
        return _FIRST if moment.year == 1 else _LAST
