"""What a waiver covers, and how long."""

from __future__ import annotations

from datetime import date

import pytest

from seamwright.judge.waiver import Waiver, is_endpoint

DAY = date(2026, 12, 31)


def _waiver(endpoint: str) -> Waiver:
    return Waiver("ENV001", endpoint, "Ann", "it goes", DAY)


@pytest.mark.parametrize(
    ("endpoint", "service", "at", "covered"),
    [
        ("shop GET /orders", "shop", "GET /orders", True),
        ("shop GET /orders", "shop", "GET /orders/{id}", False),
        ("shop GET /orders", "shop", "", False),
        ("shop GET /orders", "bank", "GET /orders", False),
        ("shop *", "shop", "GET /orders", True),
        ("shop *", "shop", "", True),
        ("shop *", "bank", "", False),
        ("shop *", "", "", False),
        ("*", "", "", True),
        ("*", "shop", "", False),
        ("shop GET /*", "shop", "GET /*", True),
        ("shop GET /*", "shop", "GET /orders", False),
    ],
)
def test_it_covers_a_place(endpoint: str, service: str, at: str, covered: bool) -> None:
    """One endpoint, a service with all that is of it, or the system as a whole."""
    assert covered == _waiver(endpoint).covers("ENV001", service, at)


def test_it_covers_one_rule() -> None:
    """What another rule says there counts."""
    assert not _waiver("shop *").covers("SCH001", "shop", "")


def test_its_last_day_counts() -> None:
    """It expires when that day is over."""
    one = _waiver("shop *")
    assert (False, True) == (one.has_expired(DAY), one.has_expired(date(2027, 1, 1)))
    assert "waived by Ann until 2026-12-31: it goes" == one.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shop GET /orders/{id}", True),
        ("shop *", True),
        ("*", True),
        ("* *", False),
        ("", False),
        ("shop", False),
        ("shop get /orders", False),
        ("shop GET orders", False),
        ("shop GET /a b", False),
        ("shop  *", False),
        ("shop *\n", False),
    ],
)
def test_there_are_three_forms(text: str, expected: bool) -> None:
    """Anything else is no place."""
    assert expected == is_endpoint(text)
