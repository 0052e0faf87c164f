"""What is asked of the copy: the same as of Supabase, in SQL that a real SQLite carries out."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.worker import cache
from reference_impl.worker.cache_query import cache_query
from reference_impl.worker.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.worker.d1 import Statement

EARLY, LATE = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"
IDS = st.sampled_from("abcdefgh")
ROWS = st.dictionaries(IDS, st.booleans())


class Copy:
    """The table `cache`, alone in a database."""

    def __init__(self, rows: Mapping[str, bool], seen_at: str = EARLY) -> None:
        """Mailboxes that are healthy or not, and a prospect that nobody asks for."""
        self._database = sqlite3.connect(":memory:")
        for table in TABLES:
            self._database.execute(table)
        prospect = [("a", '{"id":"a","healthy":true}')]
        for statement in (
            *cache.writing("mailboxes", _kept(rows), seen_at),
            *cache.writing("prospects", prospect, seen_at),
        ):
            self.run(statement)

    def run(self, statement: Statement) -> list[tuple[str, str]]:
        """The rows that it answers with."""
        return self._database.execute(statement.sql, statement.params).fetchall()

    def rows(self) -> dict[str, bool]:
        """All mailboxes."""
        found = self.run(cache_query("mailboxes", {}).reading())
        return {one["id"]: one["healthy"] for one in (json.loads(row) for row, _ in found)}


def _kept(rows: Mapping[str, bool]) -> list[tuple[str, str]]:
    return [(id_, json.dumps({"id": id_, "healthy": healthy})) for id_, healthy in rows.items()]


def _ids(copy: Copy, query: Mapping[str, str]) -> list[str]:
    return [json.loads(row)["id"] for row, _ in copy.run(cache_query("mailboxes", query).reading())]


@given(rows=ROWS, after=IDS, wanted=st.lists(IDS, min_size=1), limit=st.integers(1, 9))
def test_the_copy_finds_what_supabase_would(
    rows: dict[str, bool], after: str, wanted: list[str], limit: int
) -> None:
    """Every kind of question that the worker asks."""
    copy = Copy(rows)
    page = {"order": "id", "limit": str(limit)}
    found = [
        _ids(copy, {"id": f"eq.{after}"}),
        _ids(copy, {"healthy": "eq.true", **page}),
        _ids(copy, {**page, "id": f"gt.{after}"}),
        _ids(copy, {"id": f"in.({','.join(wanted)})"}),
    ]
    expected = [
        [one for one in sorted(rows) if one == after],
        [one for one in sorted(rows) if rows[one]][:limit],
        [one for one in sorted(rows) if one > after][:limit],
        [one for one in sorted(rows) if one in wanted],
    ]
    assert expected == found


@given(before=ROWS, now=ROWS)
def test_what_is_all_there_is_takes_the_place_of_the_rest(
    before: dict[str, bool], now: dict[str, bool]
) -> None:
    """Of what was asked for: the others stay."""
    copy = Copy(before)
    healthy = {id_: True for id_, one in now.items() if one}
    for statement in cache.writing("mailboxes", _kept(healthy), LATE):
        copy.run(statement)
    copy.run(cache_query("mailboxes", {"healthy": "eq.true"}).forgetting(list(healthy), LATE))
    left = {id_: False for id_, one in before.items() if not one}
    assert {**left, **healthy} == copy.rows()


@given(before=ROWS, late=ROWS)
def test_what_was_asked_earlier_changes_nothing_that_was_seen_later(
    before: dict[str, bool], late: dict[str, bool]
) -> None:
    """An answer that comes home late is old."""
    copy = Copy(before, LATE)
    for statement in cache.writing("mailboxes", _kept(late), EARLY):
        copy.run(statement)
    copy.run(cache_query("mailboxes", {}).forgetting(list(late), EARLY))
    assert {**late, **before} == copy.rows()


@pytest.mark.parametrize(
    "query",
    [
        {"order": "created_at.desc"},
        {"id": "like.a*"},
        {"x') OR 1=1 --": "eq.1"},
    ],
)
def test_what_the_copy_was_not_made_for_is_not_asked(query: dict[str, str]) -> None:
    """Rather than be answered wrongly."""
    with pytest.raises(LookupError):
        cache_query("mailboxes", query)
