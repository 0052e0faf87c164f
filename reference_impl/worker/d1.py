"""D1 over Cloudflare's HTTP query API: several statements in one call, together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError
from pydantic_core import to_json

from reference_impl.foreign import Foreign
from reference_impl.refusal import Refusal
from reference_impl.unreachable import Unreachable
from reference_impl.worker.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reference_impl.callee import Callee

Value = str | int | float | None
Row = dict[str, Value]

_NO_TABLE = "no such table"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL, and what stands for its `?1`, `?2` and so on."""

    sql: str
    params: tuple[Value, ...] = ()


class _Result(Foreign):
    results: list[Row] = Field(default_factory=list[Row])


class _Trouble(Foreign):
    message: str


class _Answer(Foreign):
    success: bool
    result: list[_Result] = Field(default_factory=list[_Result])
    errors: list[_Trouble] = Field(default_factory=list[_Trouble])


@dataclass(frozen=True, slots=True)
class D1:
    """One database.

    Attributes:
        box: where it is.
        path: of its query endpoint.
    """

    box: Callee
    path: str

    async def run(self, request_id: str, *statements: Statement) -> list[list[Row]]:
        """The rows of each statement.

        The call is repeated when it fails, so every statement here is one that may run twice.

        Raises:
            Refusal: D1_UNAVAILABLE.
        """
        try:
            answer = await self._ask(request_id, statements)
            if not answer.success and _NO_TABLE in _reason(answer):
                # D1 answered for the first time, or has lost what it had.
                await self.make_tables(request_id)
                answer = await self._ask(request_id, statements)
        except Unreachable as error:
            refusal = Refusal("D1_UNAVAILABLE", "The worker's database cannot be reached now.")
            refusal.add_note(str(error))
            raise refusal from error
        if not answer.success:
            raise RuntimeError(_reason(answer))
        return [one.results for one in answer.result]

    async def make_tables(self, request_id: str) -> None:
        """Make what is missing.

        Raises:
            Unreachable: when D1 does not answer.
        """
        answer = await self._ask(request_id, [Statement(sql) for sql in TABLES])
        if not answer.success:
            raise RuntimeError(_reason(answer))

    async def _ask(self, request_id: str, statements: Sequence[Statement]) -> _Answer:
        batch = [{"sql": one.sql, "params": one.params} for one in statements]
        body = to_json(batch[0] if len(batch) == 1 else {"batch": batch})
        reply = await self.box.call("POST", self.path, request_id, body, repeat=True)
        try:
            answer = _Answer.model_validate_json(reply.body)
        except ValidationError as error:
            raise Unreachable(self.box.name, f"nonsense: {error}") from error
        if answer.success and len(answer.result) != len(statements):
            raise Unreachable(self.box.name, "did not answer every statement")
        return answer


def given(row: Row) -> Row:
    """The row without its nulls: what is absent from a message is not null there."""
    return {name: value for name, value in row.items() if value is not None}


def _reason(answer: _Answer) -> str:
    return "; ".join(one.message for one in answer.errors) or "D1 refused without a reason"
