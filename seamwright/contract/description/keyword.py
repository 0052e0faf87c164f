"""The keywords of a schema, and what their values look like (JSON Schema 2020-12)."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


class Form(Enum):
    """What the value of a keyword is."""

    SCHEMA = auto()
    SCHEMAS = auto()
    NAMED = auto()
    VALUE = auto()
    SILENT = auto()


def form(key: str) -> Form | None:
    """What the value of a keyword is; None for what is no keyword that is read."""
    return _FORMS.get(key)


def fits(key: str, value: object) -> bool:
    """Whether a value may be that of a keyword whose value is no schema."""
    return _VALUES[key](value) if key in _VALUES else False


def _text(value: object) -> bool:
    return isinstance(value, str)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _positive(value: object) -> bool:
    return _number(value) and cast("float", value) > 0


def _bound(value: object) -> bool:
    return _number(value) or _flag(value)


def _size(value: object) -> bool:
    return _number(value) and cast("float", value) >= 0 and cast("float", value) % 1 == 0


def _anything(_: object) -> bool:
    return True


def _list(value: object) -> bool:
    return isinstance(value, list)


def _choices(value: object) -> bool:
    return isinstance(value, list) and bool(cast("list[object]", value))


def _names(value: object) -> bool:
    if not _choices(value):
        return False
    names = cast("list[object]", value)
    return all(isinstance(one, str) for one in names) and len(set(names)) == len(names)


def _lists_of_names(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    members = cast("dict[str, object]", value)
    return all(one == [] or _names(one) for one in members.values())


def _type(value: object) -> bool:
    if isinstance(value, str):
        return value in _TYPES
    return _names(value) and set(cast("list[str]", value)) <= _TYPES


_VALUES: dict[str, Callable[[object], bool]] = {
    "type": _type,
    "enum": _choices,
    "const": _anything,
    "default": _anything,
    "example": _anything,
    "examples": _list,
    "required": _names,
    "dependentRequired": _lists_of_names,
    "multipleOf": _positive,
    **dict.fromkeys(("minimum", "maximum"), _number),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _bound),
    **dict.fromkeys(
        (
            *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
            *("minContains", "maxContains"),
        ),
        _size,
    ),
    **dict.fromkeys(("uniqueItems", "readOnly", "writeOnly", "deprecated"), _flag),
    **dict.fromkeys(
        (
            *("title", "description", "format", "pattern", "$comment"),
            *("contentEncoding", "contentMediaType"),
        ),
        _text,
    ),
}

_FORMS: dict[str, Form] = {
    **dict.fromkeys(_VALUES, Form.VALUE),
    **dict.fromkeys(
        (
            *("items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"),
            *("contains", "propertyNames", "contentSchema", "not", "if", "then", "else"),
        ),
        Form.SCHEMA,
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), Form.SCHEMAS),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), Form.NAMED),
    # Read elsewhere, or for people only, or (the definitions) reached through references.
    **dict.fromkeys(
        (
            *("nullable", "externalDocs", "xml", "$schema", "$defs", "definitions"),
            *("collectionFormat", "allowEmptyValue"),
        ),
        Form.SILENT,
    ),
}
