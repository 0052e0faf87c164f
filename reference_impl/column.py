"""The columns of Supabase, as the contract's messages name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

_INNER_CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")


def columns(message: BaseModel) -> dict[str, object]:
    """Column → value, for the fields that the message has."""
    fields: dict[str, object] = message.model_dump(exclude_none=True)
    return {column(name): value for name, value in fields.items()}


def select(model: type[BaseModel]) -> str:
    """PostgREST's `select` for a model: each column, renamed where the field differs."""
    return ",".join(_renamed(name) for name in model.model_fields)


def column(field: str) -> str:
    """`createdAt` is kept in `created_at`."""
    return _INNER_CAPITAL.sub(r"_\1", field).lower()


def _renamed(field: str) -> str:
    return field if field == column(field) else f"{field}:{column(field)}"


def sql_select(model: type[BaseModel]) -> str:
    """The same for SQL."""
    return ", ".join(f'{column(name)} AS "{name}"' for name in model.model_fields)
