"""The base of request and response bodies.

class Pet(Message):                       closed: no other fields
name: str                             must be there
born: str | None = None               may be left out; null is refused
owner: Nullable[str]                  must be there, and may be null

class Labels(Message, extra="allow"):     open: other fields may be there
class Pets(Root[list[Pet]]):              a body that is no object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, RootModel, model_validator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


_Value = TypeVar("_Value")


class _Null:
    """Marks a field whose value may be null."""


_NULL = _Null()
Nullable = Annotated[_Value | None, _NULL]
"""A value that may be null. A field without it that defaults to None may only be left out."""


class Root(RootModel[_Value], Generic[_Value]):
    """A body that is no object: a list, a single value, one of several messages."""

    model_config = ConfigDict(frozen=True, strict=True, defer_build=True)


class Message(BaseModel):
    """A body, a query or a part of one: closed, frozen, strict, its fields named as on the wire.

    A field that defaults to None is one that may be left out; `null` is never its value, neither
    in the model nor in the schema, unless it is `Nullable`. Models are built at first use, so that
    a service which imports a large contract starts fast.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _absent_rather_than_null(cls, value: object) -> object:
        if isinstance(value, dict):
            fields = cast("Mapping[str, object]", value)
            absent = {key for key in names(cls) if key in fields and fields[key] is None}
            nulls = sorted(absent - _nullable(cls))
            if nulls:
                message = f"null is no value: leave out {', '.join(nulls)}"
                raise ValueError(message)
        return value  # pyright: ignore[reportUnknownVariableType] - handed on as it came

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """The schema without `null` where a field may be left out; `null` is no default of any."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        may = _nullable(cls)
        for name, one in properties.items():
            told = {key: x for key, x in one.items() if key != "default" or x is not None}
            properties[name] = told if name in may else _without_null(told)
        return schema


def names(model: type[Message] | None) -> tuple[str, ...]:
    """The fields of a message as they are named on the wire; none where there is no message."""
    fields = model.model_fields if model else {}
    return tuple(field.alias or name for name, field in fields.items())


def _nullable(model: type[BaseModel]) -> set[str]:
    """The fields of a message that may be null, as they are named on the wire."""
    return {
        field.alias or name
        for name, field in model.model_fields.items()
        if any(isinstance(one, _Null) for one in field.metadata)
    }


def _without_null(schema: JsonSchemaValue) -> JsonSchemaValue:
    choices: list[JsonSchemaValue] = schema.get("anyOf", [])
    kept = [one for one in choices if one != {"type": "null"}]
    if len(kept) == len(choices):
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**kept[0], **rest} if len(kept) == 1 else {"anyOf": kept, **rest}
