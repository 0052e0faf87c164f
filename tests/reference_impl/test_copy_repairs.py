"""What makes the copy say what its owner says, carried out by a real SQLite."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.box.log import Log
from reference_impl.refusal import Refusal
from reference_impl.worker import cache
from reference_impl.worker.cache_keeper import CacheKeeper
from reference_impl.worker.cache_query import cache_query
from reference_impl.worker.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from reference_impl.worker.cache import Entity, Rows
    from reference_impl.worker.d1 import D1, Row, Statement

_ENTITIES: tuple[Entity, ...] = ("prospects", "campaigns", "mailboxes")
_ROWS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(['{"n":1}', '{"n":2}', "{}"]))
_STORES = st.fixed_dictionaries(dict.fromkeys(_ENTITIES, _ROWS))
_NOTHING: Mapping[Entity, Rows] = {entity: {} for entity in _ENTITIES}
_AT = "2026-01-01T00:00:00.000Z"


class Store:
    """D1, as far as the copy uses it."""

    def __init__(self, rows: Mapping[Entity, Rows]) -> None:
        """The copy holds these."""
        self._database = sqlite3.connect(":memory:")
        self._database.row_factory = sqlite3.Row
        for sql in TABLES:
            self._database.execute(sql)
        for entity in _ENTITIES:
            for statement in cache.writing(entity, list(rows[entity].items()), _AT):
                self._database.execute(statement.sql, statement.params)

    async def run(self, request_id: str, *statements: Statement) -> list[list[Row]]:
        """The rows of each statement."""
        run = self._database.execute
        return [[dict(row) for row in run(one.sql, one.params)] for one in statements]

    def rows(self) -> Mapping[Entity, Rows]:
        """All of the copy."""
        return asyncio.run(cache.read(cast("D1", self), "req"))


@given(owned=_STORES, kept=_STORES)
def test_whatever_differs_is_mended_and_counted(
    owned: Mapping[Entity, Rows], kept: Mapping[Entity, Rows]
) -> None:
    """Changed, missing and left over, in each entity; a second repair finds nothing."""
    store = Store(kept)
    repairs = cache.repairs(owned, store.rows())
    asyncio.run(store.run("req", *repairs.statements))
    differing = sum(
        owned[entity].get(id_) != kept[entity].get(id_)
        for entity in _ENTITIES
        for id_ in owned[entity].keys() | kept[entity].keys()
    )
    assert (differing, owned) == (repairs.rows, store.rows())
    assert 0 == cache.repairs(owned, store.rows()).rows


def test_what_is_younger_stays() -> None:
    """An answer that was overtaken by another does not make the copy older."""
    store = Store({"prospects": {"a": "new"}, "campaigns": {}, "mailboxes": {}})
    late = list(cache.writing("prospects", [("a", "old")], "2025-12-31T00:00:00.000Z"))
    asyncio.run(store.run("req", *late))
    assert {"a": "new"} == store.rows()["prospects"]


class Keeping:
    """A keeper over a store, and what it did."""

    def __init__(self, store: Store) -> None:
        """Nothing is known yet."""
        self.store = store
        self.repaired = 0
        self.well = True
        self.keeper = CacheKeeper(cast("D1", self.store), self._repair, Log("worker"))

    async def _repair(self, _request_id: str) -> None:
        if not self.well:
            raise Refusal("SUPABASE_UNAVAILABLE", "Supabase cannot be reached right now.")
        self.repaired += 1

    def fresh(self) -> None:
        """Supabase has answered a question about one prospect."""
        query = cache_query("prospects", {"id": "eq.a"})
        self.keeper.keep(query, {"a": '{"id":"a"}'}, _AT, "req")


def _played(
    body: Callable[[Keeping], Coroutine[None, None, None]], keeping: Keeping | None = None
) -> Keeping:
    keeping = keeping or Keeping(Store(_NOTHING))

    async def whole() -> None:
        await body(keeping)
        for _ in range(20):
            await asyncio.sleep(0)

    asyncio.run(whole())
    return keeping


@pytest.mark.parametrize(("served", "repaired"), [(0, 0), (1, 1), (5, 1)])
def test_the_first_fresh_rows_after_an_outage_repair_all(served: int, repaired: int) -> None:
    """Once, however often the copy stood in; and never where it did not."""

    async def body(keeping: Keeping) -> None:
        for _ in range(served):
            keeping.keeper.served()
        for _ in range(3):
            keeping.fresh()

    keeping = _played(body)
    assert (repaired, {"a": '{"id":"a"}'}) == (keeping.repaired, keeping.store.rows()["prospects"])


def test_a_repair_that_fails_is_made_up_for() -> None:
    """With the next fresh rows."""

    async def body(keeping: Keeping) -> None:
        keeping.well = False
        await keeping.keeper.catch_up()
        keeping.well = True
        keeping.fresh()

    assert 1 == _played(body).repaired


class Slow(Store):
    """D1 that takes its time, and counts how often it is called."""

    def __init__(self, rows: Mapping[Entity, Rows]) -> None:
        """Nothing was asked yet."""
        super().__init__(rows)
        self.calls: list[str] = []

    async def run(self, request_id: str, *statements: Statement) -> list[list[Row]]:
        """The rows of each statement, after a while."""
        self.calls.append(request_id)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return await super().run(request_id, *statements)


def test_what_comes_during_a_write_is_one_write() -> None:
    """Of one question the youngest answer stays, whichever came last."""
    keeping = Keeping(Slow(_NOTHING))

    async def body(keeping: Keeping) -> None:
        def fresh(id_: str, row: str, second: int, request_id: str) -> None:
            query = cache_query("prospects", {"id": f"eq.{id_}"})
            at = f"2026-01-01T00:00:0{second}.000Z"
            keeping.keeper.keep(query, {id_: row}, at, request_id)

        fresh("a", '{"n":1}', 1, "first")
        await asyncio.sleep(0)
        fresh("b", '{"n":1}', 2, "second")
        fresh("a", '{"n":3}', 3, "third")
        fresh("a", '{"n":2}', 2, "late")

    _played(body, keeping)
    assert {"a": '{"n":3}', "b": '{"n":1}'} == keeping.store.rows()["prospects"]
    assert ["first", "second"] == cast("Slow", keeping.store).calls[:2]
    assert 3 == len(cast("Slow", keeping.store).calls), "two writes, and the test's own reading"
