"""The schemas of a document, in JSON Schema 2020-12, whichever dialect they were written in.

| written                                   | read                                      |
| ----------------------------------------- | ----------------------------------------- |
| `nullable: true`, `x-nullable: true`      | a type list, or `anyOf` with null         |
| `exclusiveMinimum: true` beside `minimum` | `exclusiveMinimum: n`                     |
| `example: x`                              | `examples: [x]`                           |
| `items: [a, b]`                           | `prefixItems: [a, b]`                     |
| `type: file`                              | a string of the format `binary`           |
| `true`, `false`                           | `{}`, `{"not": {}}`                       |
| a reference to a schema of the document   | `#/$defs/NAME`                            |

What is no schema, or no keyword of one, is noted and left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.description.document_source import (
    as_list,
    as_object,
    escaped,
    kind,
    shown,
    steps,
)
from seamwright.contract.description.keyword import Form, fits, form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.description.document import Schema
    from seamwright.contract.description.document_source import Source

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_NULL: Schema = {"type": "null"}
_BESIDE = frozenset({"$ref", "description", "summary", "title", "example", "examples", "default"})
"""Beside a reference: what changes nothing of what the schema takes."""


class Schemas:
    """Reads the schemas of one document; what they name becomes a definition.

    Attributes:
        definitions: name → schema, as far as they have been named or listed.
    """

    def __init__(self, source: Source, folder: str, *, siblings: bool) -> None:
        """Read the schemas of `source`.

        Args:
            source: the document.
            folder: where its named schemas are, as a local reference.
            siblings: whether what stands beside a reference counts (from 3.1 on).
        """
        self._source = source
        self._folder = folder + "/"
        self._siblings = siblings
        self._names: dict[str, str] = {}
        self._waiting: list[tuple[str, object, str]] = []
        self.definitions: dict[str, Schema] = {}

    def read_all(self) -> None:
        """Read the named schemas of the document, whether something names them or not."""
        found = self._source.at(self._folder[:-1])
        for name in (as_object(found[0]) if found else None) or ():
            self._named(self._folder + escaped(name))
        self._read_waiting()

    def schema(self, value: object, pointer: str) -> Schema:
        """One schema, and all that it names."""
        read = self._schema(value, pointer)
        self._read_waiting()
        return read

    def settled(self) -> dict[str, Schema]:
        """All definitions; one that is nothing but itself, by way of others, takes anything."""
        for name in self.definitions:
            if self._circle(name):
                self._source.note(self._folder[1:-1], f"{shown(name)} is defined as itself")
                self.definitions[name] = {}
        return self.definitions

    def _circle(self, name: str) -> bool:
        """Whether following nothing but references leads from a definition back to it."""
        here, seen = name, {name}
        while True:
            reference = self.definitions.get(here, {}).get("$ref")
            if not isinstance(reference, str):
                return False
            here = reference.removeprefix("#/$defs/")
            if here in seen:
                return here == name
            seen.add(here)

    def _read_waiting(self) -> None:
        while self._waiting:
            name, value, pointer = self._waiting.pop()
            self.definitions[name] = self._schema(value, pointer)

    def _schema(self, value: object, pointer: str) -> Schema:
        if isinstance(value, bool):
            return {} if value else {"not": {}}
        fields = as_object(value)
        if fields is None:
            said = f"a schema was expected and {kind(value)} is there"
            self._source.note(pointer, f"{said}: anything is taken")
            return {}
        reference = fields.get("$ref")
        if isinstance(reference, str):
            return self._reference(reference, fields, pointer)
        return self._nullable(self._own(fields, pointer), fields, pointer)

    def _reference(self, reference: str, fields: dict[str, object], pointer: str) -> Schema:
        name = self._named(reference)
        if name is None:
            said = f"the reference {shown(reference)} leads to no schema in here"
            self._source.note(pointer, f"{said}: anything is taken")
        read: Schema = {} if name is None else {"$ref": f"#/$defs/{name}"}
        beside = {key: one for key, one in fields.items() if key != "$ref"}
        if self._siblings:
            return {**read, **self._own(beside, pointer)}
        # Schemas of 3.0 and 2.0 that say `nullable` beside a reference mean it.
        lost = sorted(set(beside) - _BESIDE - {"nullable", "x-nullable"})
        lost = [one for one in lost if not one.startswith("x-")]
        if lost:
            self._source.note(
                pointer, f"{', '.join(map(shown, lost))} beside a reference: no effect"
            )
        return self._nullable(read, fields, pointer)

    def _named(self, reference: str) -> str | None:
        """The name of the definition that a reference leads to; it is read later."""
        if reference in self._names:
            return self._names[reference]
        found = self._source.at(reference)
        if found is None:
            return None
        last = steps(reference)[2:] if reference.startswith("#/") else []
        own = reference.startswith(self._folder) and "/" not in reference[len(self._folder) :]
        if not own and as_object(found[0]) is None and not isinstance(found[0], bool):
            return None
        wanted = steps(reference)[-1] if own else ".".join(last)
        name = self._free(_UNFIT.sub("_", wanted)[-200:] or "Schema")
        self._names[reference] = name
        self.definitions[name] = {}  # holds its place: definitions stay in the document's order
        self._waiting.append((name, found[0], found[1]))
        return name

    def _free(self, name: str) -> str:
        number, free = 1, name
        while free in self.definitions:
            number += 1
            free = f"{name}_{number}"
        return free

    def _own(self, fields: Mapping[str, object], pointer: str) -> Schema:
        """What a schema says itself, keyword by keyword."""
        read: Schema = {}
        for key, value in fields.items():
            shape = form(key)
            if shape is Form.SILENT:
                continue
            if shape is None:
                if not key.startswith("x-"):
                    self._source.note(pointer, f"the keyword {shown(key)}: left out")
                continue
            self._keyword(read, key, value, f"{pointer}/{escaped(key)}")
        self._bounds(read, pointer)
        return read

    def _keyword(self, read: Schema, key: str, value: object, pointer: str) -> None:
        shape, items, members = form(key), as_list(value), as_object(value)
        if shape is Form.SCHEMA:
            if key == "items" and items is not None:
                read["prefixItems"] = self._list(items, pointer)
            else:
                read[key] = self._schema(value, pointer)
        elif shape is Form.SCHEMAS and items:
            read[key] = self._list(items, pointer)
        elif shape is Form.NAMED and members is not None:
            read[key] = {
                name: self._schema(one, f"{pointer}/{escaped(name)}")
                for name, one in members.items()
            }
        elif key == "example":
            read.setdefault("examples", [value])
        elif key == "type":
            self._type(read, value, pointer)
        elif fits(key, value):
            read[key] = value
        elif not (key == "required" and items == []):
            self._source.note(pointer, f"{kind(value)} that is no value of {key}: left out")

    def _list(self, items: list[object], pointer: str) -> list[Schema]:
        return [self._schema(one, f"{pointer}/{number}") for number, one in enumerate(items)]

    def _type(self, read: Schema, value: object, pointer: str) -> None:
        if value == "file":
            read.update({"type": "string", "format": "binary"})
        elif fits("type", value):
            read["type"] = value
        else:
            said = shown(value) if isinstance(value, str) else kind(value)
            self._source.note(pointer, f"{said} is no type: anything is taken")

    def _bounds(self, read: Schema, pointer: str) -> None:
        """Bounds that exclude, as they were said before 3.1."""
        for key, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if not isinstance(read.get(key), bool):
                continue
            if read.pop(key):
                if bound in read:
                    read[key] = read.pop(bound)
                else:
                    self._source.note(pointer, f"{key} without {bound}: no effect")

    def _nullable(self, read: Schema, fields: Mapping[str, object], pointer: str) -> Schema:
        """The schema with null among its values, where the document says so in the old words."""
        if fields.get("nullable") is not True and fields.get("x-nullable") is not True:
            return read
        types = read.get("type")
        if types is None or "allOf" in read or "oneOf" in read or "anyOf" in read:
            return {"anyOf": [read, _NULL]} if read else read
        several = as_list(types) or [types]
        read["type"] = several if "null" in several else [*several, "null"]
        choices = as_list(read.get("enum"))
        if choices and None not in choices:
            read["enum"] = [*choices, None]
            self._source.note(pointer, "null is none of the choices of this nullable enum: added")
        return read
