"""What of the published files is out of date, and the lines that differ."""

from __future__ import annotations

import pytest

from seamwright.contract.derive.staleness import Stale, Why, differing_lines, stale_files

EXPECTED = {"a": "one\ntwo\n", "b": "same\n", "c": "there\n"}


def test_each_way_of_being_out_of_date_is_told() -> None:
    """Missing, different and left over, in order of path; what is as it should be is not told."""
    found = {"a": b"one\n2\n", "b": b"same\n", "old": b"\xff\n"}
    assert (
        Stale("a", Why.DIFFERENT, "one\n2\n", "one\ntwo\n"),
        Stale("c", Why.MISSING, "", "there\n"),
        Stale("old", Why.LEFTOVER, "\ufffd\n", ""),
    ) == stale_files(EXPECTED, found)


def test_nothing_is_stale_where_all_is_as_it_should_be() -> None:
    """The bytes are compared, and nothing else."""
    assert () == stale_files(EXPECTED, {path: text.encode() for path, text in EXPECTED.items()})


@pytest.mark.parametrize("content", [b"same", b"same\r\n", b"same \n", b"\xef\xbb\xbfsame\n"])
def test_every_byte_counts(content: bytes) -> None:
    """A line break, a blank and a byte order mark are differences too, and are seen in the diff."""
    (one,) = stale_files({"b": "same\n"}, {"b": content})
    lines, left_out = differing_lines(one, 40)
    assert ("+same", 0) == (lines[-1], left_out)
    assert lines[-2].startswith("-")


def test_a_diff_leads_from_what_is_there_to_what_should_be() -> None:
    """It is a unified one, and it is cut where it grows too long."""
    one = Stale("a", Why.DIFFERENT, "one\n2\n", "one\ntwo\n")
    lines = (
        "--- a (as it is)",
        "+++ a (as the contract says)",
        "@@ -1,2 +1,2 @@",
        " one",
        "-2",
        "+two",
    )
    assert (lines, 0) == differing_lines(one, 6)
    assert (lines[:4], 2) == differing_lines(one, 4)


@pytest.mark.parametrize(("number", "start", "length"), [(1, 1, 4), (3, 1, 6), (500, 497, 7)])
def test_a_diff_names_the_lines_of_the_files(number: int, start: int, length: int) -> None:
    """Lines that both begin with are counted, though they are not compared."""
    seen = [f"@@ -1,2 +3 @@ {line}" for line in range(1, 1_000)]
    expected = [*seen[: number - 1], "new", *seen[number:]]
    one = Stale("a", Why.DIFFERENT, "\n".join(seen) + "\n", "\n".join(expected) + "\n")
    lines, left_out = differing_lines(one, 40)
    assert (f"@@ -{start},{length} +{start},{length} @@", 0) == (lines[2], left_out)
    assert f"-{seen[number - 1]}" in lines
    assert "+new" in lines


def test_a_line_that_came_or_went_is_told_alone() -> None:
    """Where one text is the other with more, nothing else differs."""
    long, short = "a\na\na\n", "a\na\n"
    for seen, expected, told in ((long, short, "-a"), (short, long, "+a")):
        lines, _ = differing_lines(Stale("a", Why.DIFFERENT, seen, expected), 40)
        assert [told] == [one for one in lines[3:] if not one.startswith(" ")]


def test_what_would_take_too_long_is_not_compared() -> None:
    """Lines that come back again and again, in another order: they are counted."""
    seen, expected = (
        "".join(f"{number * step % 190}\n" for number in range(19_000)) for step in (1, 7)
    )
    one = Stale("a", Why.DIFFERENT, seen, expected)
    assert ((), 38_000) == differing_lines(one, 40)
