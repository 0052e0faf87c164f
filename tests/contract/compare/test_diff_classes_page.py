"""The reference has every class of change, and says of each what the code says."""

from __future__ import annotations

from tests.contract.compare.diff_classes_page import PAGE, with_table


def test_the_table_is_that_of_the_code() -> None:
    """The page is as it would be written now."""
    text = PAGE.read_text(encoding="utf-8")
    assert with_table(text) == text
