"""The name of a contract's content: the same promises give the same digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel

from seamwright.contract.derive.json_schema import message_schema

if TYPE_CHECKING:
    from seamwright.contract.system import System


def digest(system: System) -> str:
    """`sha256:` and the hexadecimal digest of all that the contract says."""
    text = json.dumps(_plain(system), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, type) and issubclass(value, BaseModel):
        return message_schema(value)
    if not isinstance(value, type) and is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[str]", value))
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[object, ...]", value)]
    return value
