"""One instance of a schema, small and telling, the same every time.

What is told wins: a field's own `examples`, its `default`, its `const`, the first of its `enum`.
Else a value is made that its type, format and bounds ask for. A pattern is met by trying values
that people write; where none fits, there is no example, which is better than a wrong one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from jsonschema_rs import ValidationError, validator_for

from seamwright.contract.derive.example_text import text

if TYPE_CHECKING:
    from jsonschema_rs import Validator

Schema = dict[str, object]
_Names = frozenset[str]
_DEEPEST = 12
_MOST_ITEMS = 20


class _NoExample:
    """The type of `NO_EXAMPLE`."""

    def __repr__(self) -> str:
        return "NO_EXAMPLE"


NO_EXAMPLE = _NoExample()
"""In place of an instance where none was found."""


def example(schema: Schema) -> object:
    """A valid instance of a schema whose references are to its own `$defs`.

    Returns:
        A JSON value, or `NO_EXAMPLE`.
    """
    made = _Maker(cast("dict[str, Schema]", schema.get("$defs", {}))).of(schema, frozenset())
    if isinstance(made, _NoExample) or not _valid(schema, made):
        return NO_EXAMPLE
    return made


def _valid(schema: Schema, value: object) -> bool:
    try:
        validator: Validator = validator_for(schema, validate_formats=True)
    except (ValidationError, ValueError):  # a pattern or a reference that means nothing
        return False
    return validator.is_valid(value)


class _Maker:
    """Makes instances; what cannot be made is `NO_EXAMPLE` all the way up to what is optional."""

    def __init__(self, definitions: dict[str, Schema]) -> None:
        self._definitions = definitions

    def of(self, schema: object, within: _Names) -> object:
        """An instance of a schema; `within` are the definitions of which it is a part."""
        if len(within) > _DEEPEST or schema is False:
            return NO_EXAMPLE
        if not isinstance(schema, dict):
            return "example"
        fields, named = self._whole(cast("Schema", schema))
        if named & within:
            return NO_EXAMPLE
        within |= named
        told = _told(fields)
        if not isinstance(told, _NoExample):
            return told
        for key in ("anyOf", "oneOf"):
            for one in cast("list[object]", fields.get(key, [])):
                rest = {name: value for name, value in fields.items() if name != key}
                made = self.of({"allOf": [rest, one]}, within)
                if not isinstance(made, _NoExample):
                    return made
            if key in fields:
                return NO_EXAMPLE
        return self._made(fields, within)

    def _whole(self, schema: Schema) -> tuple[Schema, _Names]:
        """A schema with what its references and its `allOf` say beside itself, and their names."""
        whole: Schema = {}
        named: set[str] = set()
        parts: list[object] = [schema]
        for _ in range(100):
            if not parts:
                break
            part = parts.pop(0)
            if not isinstance(part, dict):
                continue
            fields = cast("Schema", part)
            reference = fields.get("$ref")
            if isinstance(reference, str):
                name = reference.removeprefix("#/$defs/")
                named.add(name)
                parts.append(self._definitions.get(name, {}))
            parts.extend(cast("list[object]", fields.get("allOf", [])))
            for key, value in fields.items():
                if key not in ("$ref", "allOf", "$defs"):
                    _put(whole, key, value)
        return whole, frozenset(named)

    def _made(self, schema: Schema, within: _Names) -> object:
        match _type(schema):
            case "object":
                return self._object(schema, within)
            case "array":
                return self._array(schema, within)
            case "integer" | "number" as kind:
                return _number(schema, whole=kind == "integer")
            case "boolean":
                return True
            case "null":
                return None
            case _:
                made = text(schema)
                return NO_EXAMPLE if made is None else made

    def _object(self, schema: Schema, within: _Names) -> object:
        required = set(cast("list[str]", schema.get("required", [])))
        made: dict[str, object] = {}
        properties = cast("Schema", schema.get("properties", {}))
        for name, one in properties.items():
            value = self.of(one, within)
            if not isinstance(value, _NoExample):
                made[name] = value
            elif name in required:
                return NO_EXAMPLE
        others = schema.get("additionalProperties", True)
        for name in sorted(required - made.keys()):
            value = self.of(others, within)
            if isinstance(value, _NoExample):
                return NO_EXAMPLE
            made[name] = value
        if isinstance(others, dict) and others and not made:
            value = self.of(cast("Schema", others), within)
            return {} if isinstance(value, _NoExample) else {"name": value}
        return made

    def _array(self, schema: Schema, within: _Names) -> object:
        first = cast("list[object]", schema.get("prefixItems", []))
        least = int(cast("float", schema.get("minItems", 0)))
        most = int(cast("float", schema.get("maxItems", _MOST_ITEMS)))
        wanted = min(max(least, len(first), 1 if "items" in schema else 0), most, _MOST_ITEMS)
        made: list[object] = []
        for number in range(wanted):
            one = first[number] if number < len(first) else schema.get("items", True)
            value = self.of(one, within)
            if isinstance(value, _NoExample):
                return [] if least == 0 else NO_EXAMPLE
            made.append(value)
        return made


def _put(whole: Schema, key: str, value: object) -> None:
    """Add what one part says; where two say the same keyword, the first counts, or both."""
    if key == "properties":
        whole[key] = {**cast("Schema", value), **cast("Schema", whole.get(key, {}))}
    elif key == "required":
        told = [*cast("list[str]", whole.get(key, [])), *cast("list[str]", value)]
        whole[key] = list(dict.fromkeys(told))
    else:
        whole.setdefault(key, value)


def _told(schema: Schema) -> object:
    """A value that the schema names itself."""
    for key in ("const", "default"):
        if key in schema and schema[key] is not None:
            return schema[key]
    for key in ("examples", "enum"):
        values = schema.get(key)
        if isinstance(values, list) and values:
            return cast("list[object]", values)[0]
    return schema.get("const", NO_EXAMPLE)


def _type(schema: Schema) -> str:
    """The first type that is not null; what the keywords are about where none is named."""
    said = schema.get("type")
    kinds = cast("list[str]", said) if isinstance(said, list) else [said] if said else []
    telling = [one for one in kinds if one != "null"] or kinds
    if telling:
        return str(telling[0])
    about = {"properties": "object", "required": "object", "items": "array", "minimum": "integer"}
    return next((kind for key, kind in about.items() if key in schema), "string")


def _number(schema: Schema, *, whole: bool) -> object:
    """A number within the bounds: one if it may be, else the nearest that the bounds allow."""
    step = cast("float", schema.get("multipleOf", 1))
    candidates: list[float] = [1 if step == 1 else step, 0]
    for key, offset in (("minimum", 0), ("exclusiveMinimum", step)):
        if key in schema:
            bound = cast("float", schema[key])
            candidates += [-(-bound // step) * step, bound // step * step + offset]
    for key, offset in (("maximum", 0), ("exclusiveMaximum", step)):
        if key in schema:
            bound = cast("float", schema[key])
            candidates += [bound // step * step, -(-bound // step) * step - offset]
    kind = {**schema, "type": "integer" if whole else "number"}
    fitting = (int(one) if one == int(one) else one for one in candidates)
    bounds = {key: value for key, value in kind.items() if key not in ("anyOf", "oneOf", "$defs")}
    return next((one for one in fitting if _valid(bounds, one)), NO_EXAMPLE)
