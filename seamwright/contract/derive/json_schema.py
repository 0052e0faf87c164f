"""JSON Schema 2020-12 of every message and of both envelopes of every endpoint."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pydantic.json_schema import GenerateJsonSchema

from seamwright.contract.envelope import Form, Member, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.error import ErrorCode
    from seamwright.contract.system import System

Schema = dict[str, object]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Untitled(GenerateJsonSchema):
    """Pydantic's schemas without the titles that it makes of the names they already have."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: D102 - pydantic's own
        del schema
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:  # noqa: D102
        made = super().model_schema(schema)
        if made.get("title") == schema["cls"].__name__:
            del made["title"]
        return made


def message_schema(model: type[BaseModel]) -> Schema:
    """The schema of one message, as its fields are named on the wire; not to be changed within."""
    return {"$schema": _DIALECT, **_derived(model)}


@cache
def _derived(model: type[BaseModel]) -> Schema:
    """Derived once: the same message is asked for by every rule and every endpoint that has it."""
    return model.model_json_schema(by_alias=True, mode="validation", schema_generator=Untitled)


def path_schemas(endpoint: Endpoint) -> dict[str, Schema]:
    """Parameter of the path → its schema, in order; a plain string where nothing else is said."""
    said = message_schema(endpoint.path_values) if endpoint.path_values else {}
    properties = cast("dict[str, Schema]", said.get("properties", {}))
    plain: Schema = {"type": "string", "minLength": 1}
    return {name: properties.get(name, plain) for name in endpoint.parameters}


def success_schema(system: System, service: str, endpoint: Endpoint) -> Schema | None:
    """The schema of a success of this endpoint; None for a page, which has none."""
    if endpoint.response is None:
        return None
    data = message_schema(endpoint.response)
    envelope = system.envelope
    if envelope is None or envelope.exemption(service, endpoint.id):
        return data
    return enveloped(system, envelope.success, data=data, codes=(), failed=False)


def failure_schema(system: System, endpoint: Endpoint | None) -> Schema | None:
    """The schema of an error answer of this endpoint (None: of a route that does not exist)."""
    if system.envelope is None:
        return None
    form = system.envelope.failure
    codes = system.codes(endpoint)
    kinds = [
        enveloped(system, form, data={}, codes=alike, failed=True) for alike in _alike(form, codes)
    ]
    if len(kinds) > 1:
        return {"$schema": _DIALECT, "oneOf": [_without_dialect(one) for one in kinds]}
    return kinds[0] if kinds else envelope_schema(system, failed=True)


def _alike(form: Form, codes: Sequence[ErrorCode]) -> list[tuple[ErrorCode, ...]]:
    """The codes, those together of which an answer says the same beside their names."""
    roles = {one.role for one in form.members}
    groups: dict[tuple[object, object], list[ErrorCode]] = {}
    for one in codes:
        retryable = one.retryable if Role.RETRYABLE in roles else None
        groups.setdefault((retryable, one.status if Role.STATUS in roles else None), []).append(one)
    return [tuple(one) for one in groups.values()]


def _without_dialect(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "$schema"}


def envelope_schema(system: System, *, failed: bool) -> Schema | None:
    """The schema of the envelope alone, whatever the data and whatever the code."""
    if system.envelope is None:
        return None
    form = system.envelope.failure if failed else system.envelope.success
    return enveloped(system, form, data={}, codes=(), failed=failed)


def enveloped(
    system: System, form: Form, *, data: Schema, codes: Sequence[ErrorCode], failed: bool
) -> Schema:
    """A form with everything in its place.

    Definitions of the data move to the root, where their references look for them.
    """
    definitions = data.get("$defs", {})
    # A copy: members of the envelope may be placed within it.
    inner = deepcopy({key: one for key, one in data.items() if key not in ("$schema", "$defs")})
    root: Schema = {"$schema": _DIALECT}
    if definitions:
        root["$defs"] = definitions
    for member in form.members:
        schema = _member_schema(system, member, inner, codes, failed=failed)
        _place(root, member, schema, extra=form.extra)
    return root


def _place(root: Schema, member: Member, schema: Schema, *, extra: bool) -> None:
    """Put a member's schema where its pointer leads, making the objects on the way."""
    here = root
    for step in member.path:
        here.setdefault("type", "object")
        if not extra:
            here.setdefault("additionalProperties", False)
        properties = cast("dict[str, Schema]", here.setdefault("properties", {}))
        required = cast("list[str]", here.setdefault("required", []))
        if member.required and step not in required:
            required.append(step)
        here = properties.setdefault(step, {})
    here.update(schema)


def _member_schema(
    system: System, member: Member, data: Schema, codes: Sequence[ErrorCode], *, failed: bool
) -> Schema:
    match member.role:
        case Role.DATA:
            return dict(data)
        case Role.SUCCESS_FLAG:
            return {"const": not failed}
        case Role.CODE:
            names = sorted(one.code for one in codes)
            return {"enum": names} if names else {"type": "string", "minLength": 1}
        case Role.MESSAGE:
            return {"type": "string", "minLength": 1}
        case Role.RETRYABLE:
            told = {one.retryable for one in codes}
            return {"const": told.pop()} if len(told) == 1 else {"type": "boolean"}
        case Role.REQUEST_ID:
            pattern = system.request_id.pattern if system.request_id else ".+"
            return {"type": "string", "pattern": f"^(?:{pattern})$"}
        case Role.DURATION:
            return {"type": "number", "minimum": 0}
        case Role.STATUS if len({one.status for one in codes}) == 1:
            return {"const": codes[0].status}
        case Role.STATUS:
            return {"type": "integer", "minimum": 400 if failed else 100, "maximum": 599}
        case Role.ERROR:
            return {"type": "object"}
        case Role.OTHER:  # pragma: no branch - every role is above
            return {}
