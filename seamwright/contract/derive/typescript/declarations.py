"""Every message of a service as an exported type, under its class name.

The names are given once for all messages together: a class that shares its name with another, or
with a word of TypeScript or of the derived file, is told apart by the module that it is from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pydantic.json_schema import models_json_schema

from seamwright.contract.derive.typescript.spelling import after
from seamwright.contract.derive.typescript.type_expression import described, expression, fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from seamwright.contract.derive.json_schema import Schema
    from seamwright.contract.service import Service

# Words of TypeScript, and names of it that the derived file uses itself.
_WORDS = """
any as async await bigint boolean break case catch class const continue debugger default delete do
else enum export extends false finally for function if implements import in instanceof interface
let never new null number object package private protected public return static string super switch
symbol this throw true try typeof undefined unknown var void while with yield
AbortSignal Array Awaited NonNullable Parameters Promise Readonly Record ReturnType
"""


@dataclass(frozen=True, slots=True)
class Declarations:
    """The named types of a service.

    Attributes:
        text: their declarations.
        names: definition → name of its type.
        models: message → its schema, which refers to the definitions.
    """

    text: str
    names: Mapping[str, str]
    models: Mapping[type[BaseModel], Schema]

    def of(self, model: type[BaseModel], indent: str = "") -> str:
        """The type of a message."""
        return expression(self.models[model], self.names, indent)


def declare(service: Service, taken: Iterable[str]) -> Declarations:
    """Declare all messages that the endpoints of a service use; `taken` names are not given."""
    used = tuple(dict.fromkeys(_used(service)))
    schemas, whole = models_json_schema([(one, "validation") for one in used], by_alias=True)
    definitions = cast("dict[str, Schema]", whole.get("$defs", {}))
    names = type_names(definitions, frozenset(taken).union(_WORDS.split()))
    text = "\n\n".join(
        _declaration(names[key], definitions[key], names)
        for key in sorted(definitions, key=names.__getitem__)
    )
    models = {one: cast("Schema", schemas[one, "validation"]) for one in used}
    return Declarations(text, names, models)


def type_names(definitions: Iterable[str], taken: frozenset[str]) -> dict[str, str]:
    """Definition → name of its type: the class name, else one with the module's name before it."""
    words = {one: _words(one) for one in sorted(definitions)}
    names: dict[str, str] = {}
    used = set(taken)
    # A class that has its name for itself keeps it, whatever the others have to be called.
    for key in sorted(words, key=lambda one: (len(words[one]), one)):
        names[key] = next(one for one in _names(words[key]) if one not in used)
        used.add(names[key])
    return names


def _names(words: tuple[str, ...]) -> Iterator[str]:
    """The names that a definition may have, best first, without an end."""
    first = 1 if len(words) == 1 else 2
    for length in range(first, len(words) + 1):
        yield "".join((*(one[:1].upper() + one[1:] for one in words[-length:-1]), words[-1]))
    name = "".join(one[:1].upper() + one[1:] for one in words) + "Message"
    while True:
        yield name
        name += "_"


def _words(definition: str) -> tuple[str, ...]:
    """The parts of a definition's name: the modules that lead to the class, and the class.

    Where two classes have one name, pydantic joins module and class by two underscores.
    """
    parts = [re.sub(r"\W", "_", one) for one in re.split(r"__+", definition)]
    words = [one for one in parts if one.strip("_")] or ["_"]
    if len(words) > 1 and words[-1].isdigit():
        words[-2:] = [words[-2] + words[-1]]
    if words[-1][0].isdigit():
        words[-1] = f"_{words[-1]}"
    return tuple(words)


def _used(service: Service) -> Iterator[type[BaseModel]]:
    for one in service.endpoints:
        bodies = (one.path_values, one.query, one.headers, one.request, one.response)
        yield from (body for body in bodies if body is not None)
        yield from (other.body for other in one.answers if other.body is not None)


def _declaration(name: str, schema: Schema, names: Mapping[str, str]) -> str:
    lines = described(schema)
    members = fields(schema, names, "") if _is_object(schema) else []
    if members:
        return "\n".join((*lines, f"export interface {name} {{", *members, "}"))
    start = f"export type {name} ="
    text = expression(schema, names, before=len(start) + 2)
    return "\n".join((*lines, f"{after(start, text)};"))


def _is_object(schema: Schema) -> bool:
    others = ("$ref", "const", "enum", "allOf", "anyOf", "oneOf", "not")
    return schema.get("type") == "object" and not any(one in schema for one in others)
