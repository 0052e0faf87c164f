"""Supabase's tables over PostgREST, as far as the caller's role lets it.

PostgREST leaves out what is null when it is asked to, as our messages do, so that its rows are
validated as they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from reference_impl.refusal import Refusal
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.callee import Callee
    from reference_impl.cursor import Cursor

_Row = TypeVar("_Row", bound=BaseModel)
_ACCEPT = ("accept", "application/vnd.pgrst.array+json;nulls=stripped")
_RETURNED = ("prefer", "return=representation")
_FINE = range(200, 300)


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        supabase: where it is.
        name: of the table.
        select: the columns that are wanted, renamed to the fields of the messages.
    """

    supabase: Callee
    name: str
    select: str

    async def rows(
        self, model: type[_Row], query: Mapping[str, str], request_id: str
    ) -> list[_Row]:
        """The rows that fit PostgREST's filters."""
        target = self._target(query)
        return await self._ask("GET", target, model, request_id, repeat=True)

    async def row(self, model: type[_Row], id_: str, request_id: str) -> _Row | None:
        """The row with this id."""
        return _only(await self.rows(model, {"id": f"eq.{id_}"}, request_id))

    async def page(
        self, model: type[_Row], limit: int, after: Cursor | None, request_id: str
    ) -> list[_Row]:
        """Newest first, one more than `limit` if there is more."""
        query = {"order": "created_at.desc,id.desc", "limit": str(limit + 1)}
        if after is not None:
            moment = f'"{after.moment}"'
            same = f"and(created_at.eq.{moment},id.lt.{after.id})"
            query["or"] = f"(created_at.lt.{moment},{same})"
        return await self.rows(model, query, request_id)

    async def insert(
        self, model: type[_Row], values: Mapping[str, object], request_id: str
    ) -> _Row:
        """The row that was made."""
        made = _only(await self._ask("POST", self._target({}), model, request_id, values))
        if made is None:
            raise Unreachable(self.supabase.name, f"inserted no row into {self.name}")
        return made

    async def change(
        self, model: type[_Row], id_: str, values: Mapping[str, object], request_id: str
    ) -> _Row | None:
        """The row as it is now, or None where there is none.

        PostgREST answers a change of nothing with no row, so that one is a read.
        """
        if not values:
            return await self.row(model, id_, request_id)
        target = self._target({"id": f"eq.{id_}"})
        return _only(await self._ask("PATCH", target, model, request_id, values))

    async def delete(self, model: type[_Row], id_: str, request_id: str) -> _Row | None:
        """The row that was deleted, or None where there was none."""
        return _only(
            await self._ask("DELETE", self._target({"id": f"eq.{id_}"}), model, request_id)
        )

    def _target(self, query: Mapping[str, str]) -> str:
        return f"/{self.name}?{urlencode({**query, 'select': self.select})}"

    async def _ask(
        self,
        method: str,
        target: str,
        model: type[_Row],
        request_id: str,
        values: Mapping[str, object] | None = None,
        *,
        repeat: bool = False,
    ) -> list[_Row]:
        box = self.supabase
        try:
            reply = await box.call(
                method,
                target,
                request_id,
                to_json(values) if values else b"",
                headers=(_ACCEPT,) if method == "GET" else (_ACCEPT, _RETURNED),
                repeat=repeat,
            )
            if reply.status not in _FINE:
                # Our own mistake, or a right that we lack: neither is mended by another attempt.
                message = f"{method} {self.name}: {reply.status} {reply.body[:300]!r}"
                raise RuntimeError(message)
            return _adapter(model).validate_json(reply.body)
        except ValidationError as error:
            raise unavailable(Unreachable(box.name, f"nonsense: {error}")) from error
        except Unreachable as error:
            raise unavailable(error) from error


def unavailable(error: Unreachable) -> Refusal:
    """What the caller is told when Supabase does not do its part."""
    refusal = Refusal("SUPABASE_UNAVAILABLE", "Supabase cannot be reached right now.")
    refusal.add_note(str(error))
    return refusal


@cache
def _adapter(model: type[_Row]) -> TypeAdapter[list[_Row]]:
    return TypeAdapter(list[model])  # pyright: ignore[reportInvalidTypeForm] - a type at run time


def _only(rows: list[_Row]) -> _Row | None:
    return rows[0] if rows else None
