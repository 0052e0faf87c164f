"""The first thing that a schema has against a value, said without the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonschema_rs import ValidationErrorKind

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_LONGEST = 160


def first_error(validator: Validator, value: object, at: str = "") -> str | None:
    """What is wrong and where, or None; the same for the same fault, whatever the values.

    `at` is the JSON Pointer of the value in what it was taken from.
    """
    errors = sorted((_said(one, at) for one in validator.iter_errors(value)), key=_order)
    return errors[0] if errors else None


def _order(said: str) -> tuple[int, str]:
    return said.count("/"), said


def _said(error: ValidationError, at: str) -> str:
    where = at + "".join(f"/{'*' if isinstance(one, int) else one}" for one in error.instance_path)
    keyword = str(error.schema_path[-1]) if error.schema_path else ""
    return f"at {where[:_LONGEST] or '/'}: {_reason(keyword, error)}"


def _reason(keyword: str, error: ValidationError) -> str:
    """The keyword's own words; only names of fields and types are told, never values."""
    if keyword in {"required", "additionalProperties", "unevaluatedProperties"}:
        return error.message[:_LONGEST]
    match error.kind:
        case ValidationErrorKind.Type(types=types):
            return f"it is {_type(error.instance)}, not {' or '.join(types)}"
        case _:
            return f"not what `{keyword}` demands"


def _type(value: object) -> str:
    """The JSON type of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"
