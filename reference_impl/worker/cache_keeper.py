"""Keeps the copy of Supabase's entities young, without holding up those who read.

fresh rows ─▶ written into the copy, in the background; while that goes on, what else comes is
gathered, and is the next write
at the start, and with the first fresh rows after an outage ─▶ all of the copy is compared with its
owner and repaired
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reference_impl import errand, request_id
from reference_impl.refusal import Refusal
from reference_impl.worker import cache

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
    from typing import Any

    from reference_impl.box.log import Log
    from reference_impl.worker.cache_query import CacheQuery
    from reference_impl.worker.d1 import D1, Statement


@dataclass(frozen=True, slots=True)
class _News:
    """All rows that the owner had for a question, JSON by id, and when."""

    rows: Mapping[str, str]
    asked_at: str
    request_id: str


class CacheKeeper:
    """The one who writes the copy."""

    def __init__(self, d1: D1, refresh: Callable[[str], Awaitable[object]], log: Log) -> None:
        """`refresh` repairs all of the copy, under a request ID of its own."""
        self._d1 = d1
        self._refresh = refresh
        self._log = log
        self._behind = False
        self._news: dict[CacheQuery, _News] = {}
        self._writing = False
        self._under_way: set[asyncio.Task[None]] = set()

    def served(self) -> None:
        """The copy stood in for its owner: what was written there meanwhile is not known here."""
        self._behind = True

    def keep(self, query: CacheQuery, rows: Mapping[str, str], asked_at: str, id_: str) -> None:
        """These rows, JSON by id, were all that the owner had for this question at that moment."""
        waiting = self._news.get(query)
        if waiting is None or waiting.asked_at <= asked_at:
            self._news[query] = _News(rows, asked_at, id_)
        if not self._writing:
            self._writing = True
            self._start(self._write())
        if self._behind:
            self._behind = False
            self._start(self.catch_up())

    async def catch_up(self) -> None:
        """Repair all of the copy; where that fails, the next fresh rows are the next occasion."""
        id_ = request_id.fresh()
        try:
            await self._refresh(id_)
        except Refusal as refusal:
            self._behind = True
            self._log.line("warning", f"the cache is not refreshed yet: {refusal}", id_)
        else:
            self._log.line("info", "the cache is refreshed", id_)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = errand.aside(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _write(self) -> None:
        """All that waits, and what comes meanwhile: under the ID of the request that began it."""
        try:
            while self._news:
                news, self._news = self._news, {}
                statements = [one for query, new in news.items() for one in _written(query, new)]
                id_ = next(iter(news.values())).request_id
                try:
                    await self._d1.run(id_, *statements)
                except Refusal as refusal:
                    self._log.line("warning", f"the cache grows older: {refusal}", id_)
        finally:
            self._writing = False


def _written(query: CacheQuery, new: _News) -> Iterator[Statement]:
    yield from cache.writing(query.entity, list(new.rows.items()), new.asked_at)
    # A full page may be followed by another, whose rows are not missing.
    if query.limit is None or len(new.rows) < query.limit:
        yield query.forgetting(list(new.rows), new.asked_at)
