"""The type of a value, as people write it: `list[Pet]`, `Literal["a", "b"]`, `str | None`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from seamwright.contract.adopt.apart import are_apart
from seamwright.contract.adopt.code import (
    Code,
    call,
    choice,
    keyword,
    literal,
    subscript,
)
from seamwright.contract.adopt.merging import Merge, merge
from seamwright.contract.adopt.names import Names, class_name
from seamwright.contract.adopt.narrowing import USES, bounds, narrow, with_use, words
from seamwright.contract.adopt.shape import (
    NOTHING,
    closed_values,
    names_something,
    reference,
    without_null,
)
from seamwright.contract.description.document import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.description.document import Schema

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


_OF_PLACE = frozenset({"description", *USES})
"""What is said where a class is used, and not in the class."""
_CLOSED = frozenset({"enum", "const", "type"})
_PYTHON = {"string": str, "integer": int, "number": int, "boolean": bool, "null": type(None)}
_DEEPEST = 50
_MOST = 100_000
"""Types of one document; the largest public ones have some 50,000."""


class ClassMaker(Protocol):
    """Makes a class of an object that has fields of its own."""

    def __call__(self, name: str, schema: Schema, pointer: str, /) -> None:
        """Make it under this name."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A schema as one type can say it.

    Attributes:
        schema: merged, without null.
        null: whether null is taken as well.
        joined: whether definitions were merged into it.
    """

    schema: Schema
    null: bool
    joined: bool


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
        self._joined: dict[str, Code | None] = {}
        self._depth = 0
        self._left = _MOST
        self.formats: dict[str, str] = {}
        self.notes: list[Note] = []

    def of(self, schema: Schema, wanted: str, pointer: str) -> Code:
        """The type of a value, with what is said of it for people.

        Args:
            schema: of the value.
            wanted: what a class within it is named after.
            pointer: where it is, for notes.
        """
        taken = self.taken(schema, pointer)
        made = self.made(taken, wanted, pointer)
        return choice(made, "None") if taken.null else made

    def taken(self, schema: Schema, pointer: str) -> Taken:
        """A schema as one type can say it, what is lost of it noted."""
        first = self._merge(schema, pointer)
        rest, null = without_null(first.schema)
        second = self._merge(rest, pointer)
        return Taken(second.schema, null, first.joined or second.joined)

    def merged(self, schema: Schema, pointer: str) -> Schema:
        """A schema without `allOf`, what is lost of it noted."""
        return self._merge(schema, pointer).schema

    def _merge(self, schema: Schema, pointer: str) -> Merge:
        made = merge(schema, self._definitions)
        for said in made.lost:
            self.note(pointer, said)
        return made

    def made(self, taken: Taken, wanted: str, pointer: str) -> Code:
        """The type of what was taken, null apart.

        What definitions were merged into has no name by which it could be meant again: it is kept,
        so that it may be a part of itself, and is made once.
        """
        if self._depth >= _DEEPEST or self._left <= 0:
            self.note(pointer, "there is too much of it: any value is taken")
            return "Any"
        key = repr(taken.schema) if taken.joined else None
        if key is not None and key in self._joined:
            return self._again(key, pointer)
        self._depth += 1
        self._left -= 1
        made = self._told(taken.schema, wanted, pointer, key)
        self._depth -= 1
        if key is not None:
            self._joined[key] = made
        return made

    def _again(self, key: str, pointer: str) -> Code:
        known = self._joined[key]
        if known is None:
            self.note(pointer, "it is a part of itself: any value is taken")
        return known or "Any"

    def _told(self, whole: Schema, wanted: str, pointer: str, key: str | None) -> Code:
        if is_class(whole):
            name = self._names.free(class_name(wanted))
            if key is not None:
                self._joined[key] = name
            fields = {key: one for key, one in whole.items() if key not in _OF_PLACE}
            self._make(name, fields, pointer)
            base, arguments = name, list[Code]()
        else:
            if key is not None:
                self._joined[key] = None
            base, arguments = self._base(whole, wanted, pointer)
        told = [*with_use(arguments, whole), *words(whole)]
        return subscript("Annotated", base, call("Field", told)) if told else base

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
        if types == "object":
            return self._map(schema, wanted, pointer)
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
        different = {repr(one): one for one in values}
        # To Python true is 1 and false is 0: a set with both would lose one of them.
        plain = len(different) == len({one for one in values if _is_plain(one)})
        if plain and all(_is_of(schema.get("type"), one) for one in values):
            rest = {key: x for key, x in narrow(schema).items() if key not in _CLOSED}
            if "enum" not in schema or "const" not in schema:
                made = subscript("Literal", *(literal(one) for one in different.values()))
                return made, self._extras(rest, pointer)
        return "Any", self._extras(narrow(schema), pointer)

    def _union(self, schema: Schema, key: str, wanted: str, pointer: str) -> Code:
        """One of several; what stands beside them holds for each."""
        beside = {name: one for name, one in narrow(schema).items() if name != key}
        members = cast("list[Schema]", schema[key])
        if key == "oneOf" and not are_apart(members, self._definitions):
            self.note(pointer, "`oneOf` whose choices may overlap: several of them may hold")
        made: list[Code] = []
        for number, one in enumerate(members, 1):
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

    def _map(self, schema: Schema, wanted: str, pointer: str) -> tuple[Code, list[Code]]:
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


def _is_plain(value: object) -> bool:
    """Whether a literal type can have a value."""
    return value is None or isinstance(value, (str, int))


def _is_of(said: object, value: object) -> bool:
    """Whether a plain value is of a type, or of one of several."""
    if said is None:
        return True
    types = cast("list[str]", said) if isinstance(said, list) else [str(said)]
    return any(type(value) is _PYTHON.get(one) for one in types)
