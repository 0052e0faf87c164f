"""What a box asks for when it asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reference_impl.quiet import Quiet, retry_after_s
from tests.reference_impl.clock import Clock

NOW = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Wed, 25 Nov 2026 12:00:30 GMT", 30.0),
        ("Wednesday, 25-Nov-26 12:00:30 GMT", 30.0),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 0.0),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
    ],
)
def test_seconds_and_dates_are_understood(value: str, expected: float | None) -> None:
    """RFC 9110; anything else counts as nothing said."""
    assert expected == retry_after_s({"retry-after": value}, NOW)


def test_a_box_that_says_nothing_asks_for_nothing() -> None:
    """There need not be such a header."""
    assert retry_after_s({}, NOW) is None


def test_the_longest_wait_counts_until_it_is_over() -> None:
    """A shorter one that is told later does not shorten it; nobody silences us for ever."""
    clock = Clock()
    quiet = Quiet(60.0, clock)
    seen = [quiet.left_s]
    quiet.ask(10)
    quiet.ask(2)
    seen.append(quiet.left_s)
    clock.forward(10)
    seen.append(quiet.left_s)
    quiet.ask(1e12)
    seen.append(quiet.left_s)
    assert [0.0, 10.0, 0.0, 60.0] == seen
