"""The type of a value, as people write it: `list[Pet]`, `Literal["a", "b"]`, `str | None`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from seamwright.contract.adopt.code import (
    Code,
    call,
    choice,
    keyword,
    literal,
    subscript,
)
from seamwright.contract.adopt.names import Names, class_name
from seamwright.contract.adopt.narrowing import bounds, narrow, words
from seamwright.contract.adopt.shape import (
    NOTHING,
    closed_values,
    merged,
    names_something,
    reference,
    without_null,
)
from seamwright.contract.description.document import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.description.document import Schema

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


class ClassMaker(Protocol):
    """Makes a class of an object that has fields of its own."""

    def __call__(self, wanted: str, schema: Schema, pointer: str, /) -> str:
        """The name of the class."""
        ...


class Types:
    """Turns schemas into types.

    Attributes:
        formats: format of a text → the name of its type.
        notes: what a type cannot say.
    """

    def __init__(
        self,
        definitions: Mapping[str, Schema],
        classes: Mapping[str, str],
        names: Names,
        make: ClassMaker,
    ) -> None:
        """Know the definitions, the names of their classes, and all names that are taken."""
        self._definitions = definitions
        self._classes = classes
        self._names = names
        self._make = make
        self.formats: dict[str, str] = {}
        self.notes: list[Note] = []

    def of(self, schema: Schema, wanted: str, pointer: str) -> Code:
        """The type of a value, with what is said of it for people.

        Args:
            schema: of the value.
            wanted: what a class within it is named after.
            pointer: where it is, for notes.
        """
        whole, null = without_null(merged(schema, self._definitions))
        whole = merged(whole, self._definitions)
        base, arguments = self._base(whole, wanted, pointer)
        told = [*arguments, *words(whole)]
        made = subscript("Annotated", base, call("Field", told)) if told else base
        return choice(made, "None") if null else made

    def said_plainly(self, keywords: Schema, pointer: str) -> Schema:
        """Keywords that Python has no words for, as the schema says them; but no references."""
        kept: Schema = {}
        for key, value in keywords.items():
            if names_something(value):
                self.note(pointer, f"`{key}` with a reference within: left out")
            else:
                kept[key] = value
        return kept

    def note(self, pointer: str, said: str) -> None:
        """Keep what could not be said."""
        self.notes.append(Note(pointer, said))

    def _base(self, schema: Schema, wanted: str, pointer: str) -> tuple[Code, list[Code]]:
        """A type without its words, and the arguments of `Field` that narrow it."""
        name = reference(schema)
        if name is not None:
            return self._classes.get(name, "Any"), []
        values = closed_values(schema)
        if values is not None:
            return self._values(schema, values, pointer)
        for key in ("anyOf", "oneOf"):
            if key in schema:
                return self._union(schema, key, wanted, pointer), []
        types = schema.get("type")
        if isinstance(types, list):
            return self._several(schema, cast("list[str]", types), wanted, pointer), []
        if types == "array":
            return self._array(schema, wanted, pointer)
        if types is None and {"properties", "required"} & schema.keys():
            self.note(pointer, "its type is not said: taken for an object")
            types = "object"
        if types == "object":
            return self._object(schema, wanted, pointer)
        if types is None:
            return "Any", self._extras(narrow(schema), pointer)
        form = schema.get("format")
        if types == "string" and isinstance(form, str) and len(narrow(schema)) == 2:
            return self._format(form), []
        return _SCALARS[str(types)], self._bounded(schema, str(types), pointer, {"type"})

    def _format(self, form: str) -> str:
        """The name of the texts of a format."""
        if form not in self.formats:
            self.formats[form] = self._names.free(class_name(form))
        return self.formats[form]

    def _extras(self, keywords: Schema, pointer: str) -> list[Code]:
        extra = self.said_plainly(keywords, pointer)
        return [keyword("json_schema_extra", literal(extra))] if extra else []

    def _bounded(self, schema: Schema, kind: str, pointer: str, told: set[str]) -> list[Code]:
        arguments, rest = bounds(schema, kind, told)
        return [*arguments, *self._extras(rest, pointer)]

    def _values(
        self, schema: Schema, values: list[object], pointer: str
    ) -> tuple[Code, list[Code]]:
        """A closed set of values; those that a literal type cannot have stay in the schema."""
        plain = all(one is None or isinstance(one, (str, int)) for one in values)
        # To Python true is 1 and false is 0: a set with both would lose one of them.
        if plain and len(set(values)) == len(values):
            return subscript("Literal", *(literal(one) for one in values)), []
        kept = {key: one for key, one in schema.items() if key in ("enum", "const", "type")}
        return "Any", self._extras(kept, pointer)

    def _union(self, schema: Schema, key: str, wanted: str, pointer: str) -> Code:
        """One of several; what stands beside them holds for each."""
        beside = {name: one for name, one in narrow(schema).items() if name != key}
        if "oneOf" in beside:
            self.note(pointer, "`oneOf` beside `anyOf`: left out")
            del beside["oneOf"]
        made: list[Code] = []
        for number, one in enumerate(cast("list[Schema]", schema[key]), 1):
            part: Schema = {"allOf": [one, beside]} if beside else one
            title = one.get("title")
            name = title if isinstance(title, str) and title else f"{wanted} option {number}"
            made.append(self.of(part, name, pointer))
        return choice(*made)

    def _several(self, schema: Schema, types: list[str], wanted: str, pointer: str) -> Code:
        """A list of types; each has the keywords that are about it."""
        rest = narrow(schema)
        return choice(*(self.of({**rest, "type": one}, wanted, pointer) for one in types))

    def _array(self, schema: Schema, wanted: str, pointer: str) -> tuple[Code, list[Code]]:
        first = cast("list[Schema]", schema.get("prefixItems", []))
        told = {"type", "items", "prefixItems"}
        if first and schema.get("maxItems") == schema.get("minItems") == len(first):
            inner = [self.of(one, f"{wanted} item", pointer) for one in first]
            told |= {"minItems", "maxItems"}
            return subscript("tuple", *inner), self._bounded(schema, "array", pointer, told)
        if first:
            self.note(pointer, "`prefixItems` of a list of any length: left out")
        items = cast("Schema", schema.get("items", {}))
        inner = [self.of({} if first else items, f"{wanted} item", pointer)]
        return subscript("list", *inner), self._bounded(schema, "array", pointer, told)

    def _object(self, schema: Schema, wanted: str, pointer: str) -> tuple[Code, list[Code]]:
        if is_class(schema):
            fields = {key: one for key, one in schema.items() if key != "description"}
            return self._make(wanted, fields, pointer), []
        others = cast("Schema", schema.get("additionalProperties", {}))
        inner = self.of(others, f"{wanted} value", pointer)
        told = {"type", "additionalProperties"}
        return subscript("dict", "str", inner), self._bounded(schema, "object", pointer, told)


def is_class(schema: Schema) -> bool:
    """Whether a schema is that of an object with fields of its own."""
    if any(key in schema for key in ("$ref", "anyOf", "oneOf", "enum", "const")):
        return False
    if schema.get("type", "object") != "object":
        return False
    closed = schema.get("additionalProperties") == NOTHING and "type" in schema
    return bool(schema.get("properties") or schema.get("required")) or closed
