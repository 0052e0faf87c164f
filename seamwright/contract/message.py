"""The base of request and response bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, ConfigDict, model_validator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Message(BaseModel):
    """A body, a query or a part of one: closed, frozen, strict, its fields named as on the wire.

    A field that defaults to None is one that may be left out; `null` is never its value, neither
    in the model nor in the schema. Models are built at first use, so that a service which imports
    a large contract starts fast.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _absent_rather_than_null(cls, value: object) -> object:
        if isinstance(value, dict):
            fields = cast("Mapping[str, object]", value)
            nulls = sorted(str(name) for name, one in fields.items() if one is None)
            if nulls:
                message = f"null is no value: leave out {', '.join(nulls)}"
                raise ValueError(message)
        return value  # pyright: ignore[reportUnknownVariableType] - handed on as it came

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """The schema without `null` where a field may be left out."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, one in properties.items():
            properties[name] = _without_null(one)
        return schema


def _without_null(schema: JsonSchemaValue) -> JsonSchemaValue:
    choices: list[JsonSchemaValue] = schema.get("anyOf", [])
    kept = [one for one in choices if one != {"type": "null"}]
    if len(kept) == len(choices):
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
    return {**kept[0], **rest} if len(kept) == 1 else {"anyOf": kept, **rest}
