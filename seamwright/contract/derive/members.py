"""The members of a message as its JSON has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.json_schema import message_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

_DEFINED = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Members:
    """The top members of an object; none of what is no object.

    Attributes:
        named: all of them.
        required: those that must be there.
    """

    named: frozenset[str]
    required: frozenset[str]


@cache
def members_of(model: type[BaseModel]) -> Members:
    """The members of a message."""
    schema = message_schema(model)
    name = schema.get("$ref")
    if isinstance(name, str) and name.startswith(_DEFINED):
        known = cast("Mapping[str, dict[str, object]]", schema.get("$defs", {}))
        schema = known.get(name.removeprefix(_DEFINED), {})
    named = cast("Mapping[str, object]", schema.get("properties", {}))
    required = cast("list[str]", schema.get("required", []))
    return Members(frozenset(named), frozenset(required))
